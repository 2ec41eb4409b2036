using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ConsentPortal.Application.Imports;

/// <summary>Makes the next items on another thread while the present one is being used.</summary>
internal static class ReadAhead
{
    /// <param name="source">Stopped before the enumeration ends, however it ends.</param>
    /// <param name="most">How many items may be finished and unused; together with those being made and used they are what stays in memory.</param>
    public static async IAsyncEnumerable<T> AheadAsync<T>(this IAsyncEnumerable<T> source, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ahead = Channel.CreateBounded<T>(new BoundedChannelOptions(most) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var making = Task.Run(() => MakeAsync(source, ahead.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var item in ahead.Reader.ReadAllAsync(cancellationToken))
                yield return item;
        }
        finally
        {
            await stop.CancelAsync();
            await making;
        }
    }

    private static async Task MakeAsync<T>(IAsyncEnumerable<T> source, ChannelWriter<T> to, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in source.WithCancellation(cancellationToken))
                await to.WriteAsync(item, cancellationToken);
            to.Complete();
        }
        catch (Exception problem)
        {
            // Whoever reads hears of it.
            to.Complete(problem);
        }
    }
}
