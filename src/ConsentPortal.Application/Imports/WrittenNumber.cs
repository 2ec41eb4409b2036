using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <summary>A number as a row of a list writes it.</summary>
/// <param name="Region">ISO 3166, or what the row has in its place; assumed where the text names no country.</param>
/// <param name="IsBroken">The row has more columns than the header, so that nobody knows which of them is the number.</param>
internal readonly record struct WrittenNumber(string Text, string? Region, bool IsBroken)
{
    /// <summary>Needs nothing but the text, so that any thread can do it.</summary>
    /// <param name="refusal">Why there is no number.</param>
    public PhoneNumber? Read(out RowRefusal? refusal)
    {
        refusal = null;
        if (IsBroken)
            refusal = RowRefusal.Columns;
        else if (PhoneNumber.Parse(Text, Region).TryGet(out var phone, out var failure))
            return phone;
        else
            refusal = RowRefusal.Of(failure);
        return null;
    }
}
