using System.CommandLine;
using System.Globalization;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Commands;

/// <summary>The request that a verb is about, by the number that people say.</summary>
internal static class RequestNumber
{
    public static Argument<int> Argument() => new("REQUEST")
    {
        Description = "The request's number, such as DSR-12.",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var digits = text.StartsWith("DSR-", StringComparison.OrdinalIgnoreCase) ? text[4..] : text;
            if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                return number;
            result.AddError("argument REQUEST: give the number of a request, such as DSR-12.");
            return 0;
        },
    };

    /// <returns>Null where there is none; that has been said then.</returns>
    public static async Task<PrivacyRequestId?> FindAsync(IServiceProvider services, InvocationConfiguration console, int number, CancellationToken cancellationToken)
    {
        var list = await services.GetRequiredService<PrivacyRequestList>().PageAsync(Actor.CommandLine, new PrivacyRequestQuery(IsOpen: null, Number: number), cancellationToken);
        if (list.Rows is [var row])
            return row.Id;
        await console.Error.WriteLineAsync($"argument REQUEST: there is no request DSR-{number}. privacy list --all shows those that there are.");
        return null;
    }
}
