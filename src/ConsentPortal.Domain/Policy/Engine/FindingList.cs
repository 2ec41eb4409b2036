namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>Findings in the order of the gates, whatever the order in which the gates were asked; nothing is allocated for none.</summary>
internal struct FindingList
{
    private Finding[]? _items;
    private int _count;

    public void Add(Finding finding)
    {
        _items ??= new Finding[4];
        if (_count == _items.Length)
            Array.Resize(ref _items, _count * 2);
        var at = _count++;
        for (; at > 0 && _items[at - 1].Gate > finding.Gate; at--)
            _items[at] = _items[at - 1];
        _items[at] = finding;
    }

    public readonly Finding[] ToArray() => _items is null ? [] : _count == _items.Length ? _items : _items[.._count];
}
