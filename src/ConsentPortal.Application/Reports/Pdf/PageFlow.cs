using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>Sizes of a page in points: A4 with margins that leave room for holes and for the head and foot.</summary>
internal static class Sheet
{
    public const float Width = 595.276f;
    public const float Height = 841.89f;
    public const float Left = 51;
    public const float Right = Width - 51;
    public const float Top = 76;
    public const float Bottom = Height - 78;
    public const float Measure = Right - Left;
}

/// <summary>Places what is to be drawn on pages, from top to bottom. A page that is full is packed and waits to be drawn.</summary>
internal sealed class PageFlow(PageSketch page)
{
    private readonly List<byte[]> _full = [];

    /// <summary>Where the next thing goes.</summary>
    public float Y { get; private set; } = Sheet.Top;

    public float Room => Sheet.Bottom - Y;

    public bool IsAtTop => Y <= Sheet.Top;

    /// <summary>The page that is being filled.</summary>
    public PageSketch Page => page;

    public void NewPage()
    {
        _full.Add(page.Tear());
        Y = Sheet.Top;
    }

    /// <summary>Goes to the next page unless so much fits here; what is taller than a page starts on a fresh one.</summary>
    public void Need(float height)
    {
        if (height > Room && !IsAtTop)
            NewPage();
    }

    /// <summary>White between two things; none at the top of a page.</summary>
    public void Space(float height) => Y = IsAtTop ? Y : Y + height;

    public void Take(float height) => Y += height;

    /// <summary>All pages, packed, the one that was being filled included.</summary>
    public IReadOnlyList<byte[]> End()
    {
        _full.Add(page.Tear());
        return _full;
    }
}
