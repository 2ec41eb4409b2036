using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>Sizes of a page in points, with margins that leave room for holes and for the head and foot.</summary>
internal sealed record Sheet(float Width, float Height)
{
    public const float Left = 51;
    public const float Top = 76;

    private static readonly Sheet A4 = new(595.276f, 841.89f);
    private static readonly Sheet Letter = new(612, 792);

    public float Right => Width - Left;

    public float Bottom => Height - 78;

    public float Measure => Right - Left;

    public static Sheet Of(ReportPaper paper) => paper switch
    {
        ReportPaper.A4 => A4,
        ReportPaper.Letter => Letter,
    };
}

/// <summary>Places what is to be drawn on pages, from top to bottom. A page that is full is packed and waits to be drawn.</summary>
/// <param name="mostPages">Of a trial: what would come behind them need not be placed.</param>
internal sealed class PageFlow(PageSketch page, Sheet sheet, int mostPages = int.MaxValue)
{
    private readonly List<byte[]> _full = [];

    public Sheet Sheet => sheet;

    /// <summary>Where the next thing goes.</summary>
    public float Y { get; private set; } = Sheet.Top;

    /// <summary>Of the page that is being filled, from 1.</summary>
    public int Number => _full.Count + 1;

    public bool IsOver => Number > mostPages;

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
