using ConsentPortal.Application.Messaging.Simulator;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Development;

/// <summary>What the simulated provider does of itself, to be changed while it runs, and who has called it.</summary>
public sealed partial class ProviderBench
{
    private const int Shown = 8;
    private const double Often = 0.25;

    private static readonly Knob[] Knobs =
    [
        new("Receipts come twice", o => o.Duplicates, (o, v) => o with { Duplicates = v }),
        new("Final receipt first", o => o.Reordered, (o, v) => o with { Reordered = v }),
        new("Receipts before the answer", o => o.Early, (o, v) => o with { Early = v }),
        new("Receipts get lost", o => o.Lost, (o, v) => o with { Lost = v }),
        new("Texts from handsets get lost", o => o.LostInbound, (o, v) => o with { LostInbound = v }),
        new("Webhooks without signature", o => o.Unsigned, (o, v) => o with { Unsigned = v }),
        new("Webhooks signed wrongly", o => o.WronglySigned, (o, v) => o with { WronglySigned = v }),
        new("Webhooks signed for another body", o => o.WrongHash, (o, v) => o with { WrongHash = v }),
        new("Webhooks signed long ago", o => o.Stale, (o, v) => o with { Stale = v }),
        new("Internal errors, text not taken", o => o.ServerErrors, (o, v) => o with { ServerErrors = v }),
        new("Internal errors, text taken", o => o.ServerErrorsAfterAcceptance, (o, v) => o with { ServerErrorsAfterAcceptance = v }),
        new("Connection cut, text taken", o => o.ResetsAfterAcceptance, (o, v) => o with { ResetsAfterAcceptance = v }),
    ];

    [Parameter, EditorRequired]
    public required VonageSimulator Simulator { get; set; }

    private void Change(Func<SimulatorOptions, SimulatorOptions> change) => Simulator.Options = change(Simulator.Options);

    private static string Share(double share) => share switch { <= 0 => "never", >= 1 => "always", _ => "often" };

    private static double Of(object? share) => share switch { "always" => 1, "often" => Often, _ => 0 };

    private sealed record Knob(string Name, Func<SimulatorOptions, double> Read, Func<SimulatorOptions, double, SimulatorOptions> Write);
}
