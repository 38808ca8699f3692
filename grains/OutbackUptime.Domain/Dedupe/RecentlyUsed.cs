using System.Diagnostics.CodeAnalysis;

namespace OutbackUptime.Domain.Dedupe;

/// <summary>A map of bounded size that forgets the least recently used first.</summary>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _order = new();

    public int Count => _nodes.Count;

    /// <summary>Looks a value up without using it.</summary>
    public bool TryPeek(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = _nodes.TryGetValue(key, out var node);
        value = found ? node!.Value.Value : default;
        return found;
    }

    /// <summary>All values, the least recently used first.</summary>
    public IEnumerable<TValue> Values => _order.Select(n => n.Value);

    /// <summary>Finds or makes a value, and counts that as a use.</summary>
    public TValue Use<TState>(TKey key, TState state, Func<TState, TValue> make)
    {
        if (_nodes.TryGetValue(key, out var node))
        {
            if (node.Next is null)
            {
                return node.Value.Value;
            }

            _order.Remove(node);
        }
        else
        {
            if (_nodes.Count >= capacity)
            {
                _nodes.Remove(_order.First!.Value.Key);
                _order.RemoveFirst();
            }

            node = new LinkedListNode<(TKey, TValue)>((key, make(state)));
            _nodes.Add(key, node);
        }

        _order.AddLast(node);
        return node.Value.Value;
    }
}
