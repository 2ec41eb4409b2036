using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>
/// The moment at which a process shall die, or stand still, seen from outside of the portal's code: in what it says to its
/// database and to the provider. Written as what, when and which time: "outcome before 2" is just before the second commit
/// that writes outcomes.
/// </summary>
/// <remarks>
/// What: plan, claim, decide, outcome, again, doubt, receipt, call, or an action of the audit trail such as campaign.paused. When:
/// within (as soon as the command has run), before or after the commit; for a call, before it leaves or after its answer.
/// </remarks>
internal sealed class Moment : DbCommandInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, string> _seen = [];
    private readonly string _what;
    private readonly string _when;
    private readonly int _nth;
    private readonly bool _stalls;
    private int _count;

    public Moment(string text, bool stalls)
    {
        var words = text.Split(' ');
        (_what, _when, _nth, _stalls) = (words[0], words[1], int.Parse(words[2], CultureInfo.InvariantCulture), stalls);
    }

    /// <summary>Put between the portal's client and the network.</summary>
    public DelegatingHandler Calls() => new CallWatch(this);

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Note(command, eventData.Context!);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Note(command, eventData.Context!);
        return ValueTask.FromResult(result);
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (_seen.TryGetValue(eventData.Context!, out _))
            Come("before");
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (_seen.TryGetValue(eventData.Context!, out _))
            Come("after");
        return Task.CompletedTask;
    }

    private void Note(DbCommand command, DbContext context)
    {
        if (!IsWanted(command) || _seen.TryGetValue(context, out _))
            return;
        _seen.Add(context, _what);
        Come("within");
    }

    private bool IsWanted(DbCommand command) => _what switch
    {
        // Both planners and dispatchers change rows where they lie ("AS"), and save what they have loaded (without).
        "plan" => command.CommandText.Contains("UPDATE \"Campaigns\" AS", StringComparison.Ordinal),
        "claim" => Changes(command, "\"SendingBy\" = @"),
        "decide" => command.CommandText.Contains("UPDATE \"OutboundMessages\" SET", StringComparison.Ordinal),
        "outcome" => command.CommandText.Contains("\"LastTextAt\" = @", StringComparison.Ordinal),
        "again" => Changes(command, "\"DueAt\" = @"),
        "doubt" => Changes(command, "\"LeaseUntil\" <") && !Changes(command, "\"SendingBy\" = @"),
        "receipt" => command.CommandText.Contains("INSERT INTO \"ReceivedReceipts\"", StringComparison.Ordinal),
        _ => command.Parameters.Cast<DbParameter>().Any(p => p.Value is string text && text == _what),
    };

    private static bool Changes(DbCommand command, string column) =>
        command.CommandText.Contains("UPDATE \"OutboundMessages\" AS", StringComparison.Ordinal) && command.CommandText.Contains(column, StringComparison.Ordinal);

    private void Come(string when)
    {
        if (when != _when || Interlocked.Increment(ref _count) != _nth)
            return;
        using var self = Process.GetCurrentProcess();
        if (!_stalls)
        {
            // SIGKILL: nothing after this line runs.
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }

        using var stop = Process.Start("kill", ["-STOP", self.Id.ToString(CultureInfo.InvariantCulture)]);
        stop.WaitForExit();
    }

    private sealed class CallWatch(Moment moment) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (moment._what != "call" || request.Method != HttpMethod.Post)
                return await base.SendAsync(request, cancellationToken);
            moment.Come("before");
            var answer = await base.SendAsync(request, cancellationToken);
            moment.Come("after");
            return answer;
        }
    }
}
