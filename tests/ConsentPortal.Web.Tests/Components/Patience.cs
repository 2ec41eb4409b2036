using System.Runtime.CompilerServices;
using Bunit;

namespace ConsentPortal.Web.Tests.Components;

/// <summary>
/// How long a component test waits for what a page will show: what comes is taken at once, and a busy machine needs more than
/// the second that is usual.
/// </summary>
internal static class Patience
{
    [ModuleInitializer]
    internal static void Set() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);
}
