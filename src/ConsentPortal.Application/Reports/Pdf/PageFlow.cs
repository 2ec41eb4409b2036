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

/// <summary>
/// Places what is to be drawn on pages, from top to bottom. Nothing is drawn before all is placed, because the foot names
/// the number of pages.
/// </summary>
internal sealed class PageFlow
{
    private readonly List<List<Action<SKCanvas>>> _pages = [];

    public PageFlow(Sheet sheet)
    {
        Sheet = sheet;
        NewPage();
    }

    public Sheet Sheet { get; }

    public int Pages => _pages.Count;

    /// <summary>Where the next thing goes.</summary>
    public float Y { get; private set; }

    public float Room => Sheet.Bottom - Y;

    public bool IsAtTop => Y <= Sheet.Top;

    public void NewPage()
    {
        _pages.Add([]);
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

    public void Add(Action<SKCanvas> draw) => _pages[^1].Add(draw);

    public void Draw(int page, SKCanvas canvas) => _pages[page].ForEach(draw => draw(canvas));
}
