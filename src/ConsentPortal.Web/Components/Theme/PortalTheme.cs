using MudBlazor;

namespace ConsentPortal.Web.Components.Theme;

/// <summary>MudBlazor's theme, filled from <see cref="Tones"/>.</summary>
public static class PortalTheme
{
    private static readonly string[] Fonts = ["Inter", "system-ui", "sans-serif"];

    public static MudTheme Mud { get; } = new()
    {
        PaletteLight = Fill(new PaletteLight(), tone => tone.Light),
        PaletteDark = Fill(new PaletteDark(), tone => tone.Dark),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", DrawerWidthLeft = "232px", AppbarHeight = "56px" },
        Typography = Type(),
    };

    private static TPalette Fill<TPalette>(TPalette palette, Func<Tone, string> pick) where TPalette : Palette
    {
        palette.Primary = palette.Tertiary = pick(Tones.Accent);
        palette.PrimaryContrastText = palette.TertiaryContrastText = pick(Tones.OnAccent);
        palette.Secondary = pick(Tones.QuietText);
        palette.SecondaryContrastText = pick(Tones.Surface);
        palette.Success = pick(Tones.Granted);
        palette.Warning = pick(Tones.Pending);
        palette.Error = pick(Tones.Blocked);
        palette.Info = pick(Tones.Deferred);
        palette.SuccessContrastText = palette.WarningContrastText = palette.ErrorContrastText = palette.InfoContrastText = pick(Tones.Surface);
        palette.Dark = pick(Tones.Text);
        palette.DarkContrastText = pick(Tones.Surface);
        palette.Background = palette.BackgroundGray = pick(Tones.Ground);
        palette.Surface = palette.DrawerBackground = palette.AppbarBackground = pick(Tones.Surface);
        palette.TextPrimary = palette.AppbarText = palette.DrawerText = pick(Tones.Text);
        palette.TextSecondary = palette.ActionDefault = palette.DrawerIcon = pick(Tones.QuietText);
        palette.TextDisabled = palette.ActionDisabled = pick(Tones.StrongLine);
        palette.ActionDisabledBackground = palette.TableHover = palette.TableStriped = pick(Tones.Raised);
        palette.LinesDefault = palette.Divider = palette.DividerLight = palette.TableLines = pick(Tones.Line);
        palette.LinesInputs = pick(Tones.StrongLine);
        return palette;
    }

    private static Typography Type() => new()
    {
        Default = new DefaultTypography { FontFamily = Fonts, FontSize = ".875rem", FontWeight = "400", LineHeight = "1.5", LetterSpacing = "normal" },
        H1 = new H1Typography { FontFamily = Fonts, FontSize = "1.375rem", FontWeight = "650", LineHeight = "1.3", LetterSpacing = "-.01em" },
        H2 = new H2Typography { FontFamily = Fonts, FontSize = "1rem", FontWeight = "650", LineHeight = "1.4", LetterSpacing = "-.005em" },
        H3 = new H3Typography { FontFamily = Fonts, FontSize = ".875rem", FontWeight = "650", LineHeight = "1.4", LetterSpacing = "normal" },
        H6 = new H6Typography { FontFamily = Fonts, FontSize = "1rem", FontWeight = "650", LineHeight = "1.4", LetterSpacing = "-.005em" },
        Subtitle1 = new Subtitle1Typography { FontFamily = Fonts, FontSize = ".875rem", FontWeight = "500", LineHeight = "1.5", LetterSpacing = "normal" },
        Subtitle2 = new Subtitle2Typography { FontFamily = Fonts, FontSize = ".8125rem", FontWeight = "600", LineHeight = "1.5", LetterSpacing = "normal" },
        Body1 = new Body1Typography { FontFamily = Fonts, FontSize = ".875rem", FontWeight = "400", LineHeight = "1.5", LetterSpacing = "normal" },
        Body2 = new Body2Typography { FontFamily = Fonts, FontSize = ".8125rem", FontWeight = "400", LineHeight = "1.5", LetterSpacing = "normal" },
        Button = new ButtonTypography { FontFamily = Fonts, FontSize = ".875rem", FontWeight = "550", LineHeight = "1.5", LetterSpacing = "normal", TextTransform = "none" },
        Caption = new CaptionTypography { FontFamily = Fonts, FontSize = ".75rem", FontWeight = "400", LineHeight = "1.4", LetterSpacing = "normal" },
        Overline = new OverlineTypography { FontFamily = Fonts, FontSize = ".75rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "normal", TextTransform = "none" },
    };
}
