using System.Globalization;
using BenchmarkDotNet.Running;
using ConsentPortal.Benchmarks.Audit;
using ConsentPortal.Benchmarks.Imports;

// Whole runs are measured once by name (audit-verify 1000000, import 200000); everything else is BenchmarkDotNet's.
switch (args)
{
    case ["audit-verify", var entries]:
        await BundleVerificationRun.RunAsync(int.Parse(entries, CultureInfo.InvariantCulture));
        break;
    case ["import", var rows]:
        await ImportRun.RunAsync(int.Parse(rows, CultureInfo.InvariantCulture));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
