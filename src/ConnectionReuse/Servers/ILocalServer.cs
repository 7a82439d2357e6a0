using ConnectionReuse.Connections;

namespace ConnectionReuse.Servers;

/// <summary>One running local target.</summary>
internal interface ILocalServer : IAsyncDisposable
{
    /// <summary>The target's id.</summary>
    string TargetId { get; }

    /// <summary>Where it answers.</summary>
    Uri Uri { get; }

    /// <summary>What it has seen.</summary>
    ServerConnectionCounter Counter { get; }
}
