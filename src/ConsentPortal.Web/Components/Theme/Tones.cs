namespace ConsentPortal.Web.Components.Theme;

/// <summary>One colour in both modes, as #RRGGBB.</summary>
public sealed record Tone(string Name, string Light, string Dark);

/// <summary>A text colour and what it stands on; the pair keeps at least 4.5 : 1 in both modes (WCAG 2.2, 1.4.3).</summary>
public sealed record Pairing(Tone Text, Tone Ground);

/// <summary>
/// The portal's colours: slate surfaces, one teal accent, five meanings. The style sheets know them as custom properties
/// of the same names, MudBlazor through <see cref="PortalTheme"/>.
/// </summary>
public static class Tones
{
    public static Tone Ground { get; } = new("ground", "#F4F6F8", "#0E151C");
    public static Tone Surface { get; } = new("surface", "#FFFFFF", "#151E28");
    public static Tone Raised { get; } = new("raised", "#EDF1F4", "#1D2834");
    public static Tone Line { get; } = new("line", "#DDE3E9", "#293643");
    public static Tone StrongLine { get; } = new("strong-line", "#7E8C99", "#6C7E90");
    public static Tone Text { get; } = new("text", "#15202B", "#E6ECF2");
    public static Tone QuietText { get; } = new("quiet-text", "#52606D", "#A3B2C1");
    public static Tone Accent { get; } = new("accent", "#0F766E", "#2DD4BF");
    public static Tone OnAccent { get; } = new("on-accent", "#FFFFFF", "#04211D");
    public static Tone SoftAccent { get; } = new("soft-accent", "#DDF2EF", "#12312E");
    public static Tone OnSoftAccent { get; } = new("on-soft-accent", "#0B5A53", "#86E8DB");

    public static Tone Granted { get; } = new("granted", "#166534", "#86E0A6");
    public static Tone GrantedGround { get; } = new("granted-ground", "#DDF5E5", "#12301F");
    public static Tone Pending { get; } = new("pending", "#8A4207", "#F7C948");
    public static Tone PendingGround { get; } = new("pending-ground", "#FDF0CC", "#352A0C");
    public static Tone Withdrawn { get; } = new("withdrawn", "#47535F", "#C3CFDB");
    public static Tone WithdrawnGround { get; } = new("withdrawn-ground", "#E6EBEF", "#2A3744");
    public static Tone Blocked { get; } = new("blocked", "#B01B1B", "#FCA7A7");
    public static Tone BlockedGround { get; } = new("blocked-ground", "#FDE4E4", "#3C181A");
    public static Tone Deferred { get; } = new("deferred", "#4036C4", "#B1BCFD");
    public static Tone DeferredGround { get; } = new("deferred-ground", "#E6E9FE", "#23264F");

    public static IReadOnlyList<Tone> All { get; } =
    [
        Ground, Surface, Raised, Line, StrongLine, Text, QuietText, Accent, OnAccent, SoftAccent, OnSoftAccent,
        Granted, GrantedGround, Pending, PendingGround, Withdrawn, WithdrawnGround, Blocked, BlockedGround, Deferred, DeferredGround,
    ];

    /// <summary>Every text that stands on something, for the contrast test.</summary>
    public static IReadOnlyList<Pairing> Pairings { get; } =
    [
        new(Text, Ground), new(Text, Surface), new(Text, Raised),
        new(QuietText, Ground), new(QuietText, Surface), new(QuietText, Raised),
        new(Accent, Surface), new(Accent, Ground), new(OnAccent, Accent), new(OnSoftAccent, SoftAccent),
        .. new[] { (Granted, GrantedGround), (Pending, PendingGround), (Withdrawn, WithdrawnGround), (Blocked, BlockedGround), (Deferred, DeferredGround) }
            .SelectMany(meaning => new[] { new Pairing(meaning.Item1, meaning.Item2), new Pairing(meaning.Item1, Surface), new Pairing(meaning.Item1, Ground) }),
    ];

    /// <summary>The same for pages that follow the visitor's own choice of light or dark.</summary>
    public static string CssByPreference { get; } =
        $":root{{color-scheme:light dark;{string.Concat(All.Select(tone => $"--{tone.Name}:{tone.Light};"))}}}"
        + $"@media(prefers-color-scheme:dark){{:root{{{string.Concat(All.Select(tone => $"--{tone.Name}:{tone.Dark};"))}}}}}";

    /// <summary>The custom properties of both modes; <c>data-theme</c> on the root element chooses.</summary>
    public static string Css { get; } =
        $":root{{color-scheme:light;{string.Concat(All.Select(tone => $"--{tone.Name}:{tone.Light};"))}}}"
        + $":root[data-theme=dark]{{color-scheme:dark;{string.Concat(All.Select(tone => $"--{tone.Name}:{tone.Dark};"))}}}";
}
