using System.Runtime.InteropServices;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>Everything that the simulator took and every reply, in memory, in the order in which it came. Thread-safe.</summary>
public sealed class SimulatorJournal
{
    private readonly Lock _gate = new();
    private readonly List<SimulatedText> _texts = [];
    private readonly List<SimulatedReply> _replies = [];
    private readonly List<SimulatedNotice> _notices = [];
    private readonly Dictionary<string, int> _textById = [];
    private readonly Dictionary<string, Traffic> _traffic = [];
    private readonly List<string> _handsets = [];

    public int Count
    {
        get
        {
            lock (_gate)
                return _texts.Count;
        }
    }

    /// <summary>Accepted texts in order, starting after one.</summary>
    /// <param name="after">A <see cref="SimulatedText.Number"/>; 0 for the beginning.</param>
    public IReadOnlyList<SimulatedText> Page(long after, int take)
    {
        lock (_gate)
        {
            var from = (int)Math.Clamp(after, 0, _texts.Count);
            return _texts.GetRange(from, Math.Clamp(take, 0, _texts.Count - from));
        }
    }

    public SimulatedText? Find(string messageId)
    {
        lock (_gate)
            return _textById.TryGetValue(messageId, out var index) ? _texts[index] : null;
    }

    /// <summary>The texts that one handset received, oldest first.</summary>
    public IReadOnlyList<SimulatedText> To(string phone)
    {
        lock (_gate)
            return _traffic.TryGetValue(phone, out var traffic) ? [.. traffic.Texts.Select(index => _texts[index])] : [];
    }

    /// <summary>What handsets sent, oldest first.</summary>
    public IReadOnlyList<SimulatedReply> Replies()
    {
        lock (_gate)
            return [.. _replies];
    }

    /// <summary>The handsets with the most recent traffic first.</summary>
    public IReadOnlyList<SimulatedHandset> Handsets(int take)
    {
        lock (_gate)
        {
            return [.. _traffic.OrderByDescending(pair => pair.Value.LastAt).Take(take).Select(pair => HandsetOf(pair.Key, pair.Value))];
        }
    }

    /// <param name="number">A <see cref="SimulatedHandset.Number"/>.</param>
    public SimulatedHandset? Handset(int number)
    {
        lock (_gate)
            return number >= 1 && number <= _handsets.Count ? HandsetOf(_handsets[number - 1], _traffic[_handsets[number - 1]]) : null;
    }

    /// <summary>What one handset received and sent, oldest first: the newest lines only.</summary>
    public IReadOnlyList<SimulatedLine> Conversation(string phone, int take)
    {
        lock (_gate)
        {
            if (!_traffic.TryGetValue(phone, out var traffic))
                return [];
            var received = traffic.Texts.TakeLast(take).Select(index => _texts[index])
                .Select(t => new SimulatedLine(t.MessageId, t.Text, t.From, t.At, IsReply: false, t.Status));
            var sent = traffic.Replies.TakeLast(take).Select(index => _replies[index])
                .Select(r => new SimulatedLine(r.MessageId, r.Text, r.To, r.At, IsReply: true, Status: null));
            var told = traffic.Notices.TakeLast(take).Select(index => _notices[index])
                .Select(n => new SimulatedLine(n.MessageId, n.Text, n.From, n.At, IsReply: false, Status: null, IsOfProvider: true));
            return [.. received.Concat(sent).Concat(told).OrderBy(line => line.At).TakeLast(take)];
        }
    }

    /// <param name="make">Given the next number, which only the journal knows.</param>
    internal SimulatedText Add(Func<long, SimulatedText> make)
    {
        lock (_gate)
        {
            var index = _texts.Count;
            var text = make(index + 1);
            _texts.Add(text);
            foreach (var id in text.Ids)
                _textById[id] = index;
            TrafficOf(text.To, text.At).Texts.Add(index);
            return text;
        }
    }

    internal void Add(SimulatedReply reply)
    {
        lock (_gate)
        {
            _replies.Add(reply);
            TrafficOf(reply.From, reply.At).Replies.Add(_replies.Count - 1);
        }
    }

    internal void Add(SimulatedNotice notice)
    {
        lock (_gate)
        {
            _notices.Add(notice);
            TrafficOf(notice.To, notice.At).Notices.Add(_notices.Count - 1);
        }
    }

    /// <summary>Everything becomes older, as if that time had passed.</summary>
    internal void Age(TimeSpan by)
    {
        lock (_gate)
        {
            Each(_texts, text => text with { At = text.At - by });
            Each(_replies, reply => reply with { At = reply.At - by });
            Each(_notices, notice => notice with { At = notice.At - by });
            foreach (var traffic in _traffic.Values)
                traffic.LastAt -= by;
        }

        static void Each<T>(List<T> list, Func<T, T> change)
        {
            for (var i = 0; i < list.Count; i++)
                list[i] = change(list[i]);
        }
    }

    internal void Change(string messageId, Func<SimulatedText, SimulatedText> change)
    {
        lock (_gate)
        {
            if (_textById.TryGetValue(messageId, out var index))
                _texts[index] = change(_texts[index]);
        }
    }

    internal bool RedactReply(string messageId)
    {
        lock (_gate)
        {
            var index = _replies.FindIndex(reply => reply.MessageId == messageId);
            if (index < 0)
                return false;
            _replies[index] = _replies[index] with { From = "REDACTED", Text = "REDACTED" };
            return true;
        }
    }

    private Traffic TrafficOf(string phone, DateTimeOffset at)
    {
        ref var traffic = ref CollectionsMarshal.GetValueRefOrAddDefault(_traffic, phone, out var isKnown);
        if (!isKnown)
        {
            _handsets.Add(phone);
            traffic = new Traffic(_handsets.Count);
        }

        traffic!.LastAt = at;
        return traffic;
    }

    private SimulatedHandset HandsetOf(string phone, Traffic traffic)
    {
        var lines = new List<(DateTimeOffset At, string Text, bool IsReply)>();
        if (traffic.Texts is [.., var text])
            lines.Add((_texts[text].At, _texts[text].Text, false));
        if (traffic.Notices is [.., var notice])
            lines.Add((_notices[notice].At, _notices[notice].Text, false));
        if (traffic.Replies is [.., var reply])
            lines.Add((_replies[reply].At, _replies[reply].Text, true));
        // Of two at the same instant the person's is the last: everything else answers them later.
        var last = lines.OrderBy(line => line.At).ThenBy(line => line.IsReply).Last();
        return new SimulatedHandset(traffic.Number, phone, last.Text, last.At, last.IsReply);
    }

    /// <summary>Where in the two lists the traffic of one handset stands.</summary>
    private sealed class Traffic(int number)
    {
        public int Number => number;

        public List<int> Texts { get; } = [];

        public List<int> Replies { get; } = [];

        public List<int> Notices { get; } = [];

        public DateTimeOffset LastAt { get; set; }
    }
}
