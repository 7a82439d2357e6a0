using ConnectionReuse.Connections;
using ConnectionReuse.Peers;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Peers;

/// <summary>The tools that this machine has, and the local targets for them to call.</summary>
public sealed class InstalledTools : IAsyncLifetime
{
    private readonly LocalTargets _targets = new();
    private readonly string _authorityFile = Path.GetTempFileName();
    private readonly Dictionary<string, InstalledPeer> _installed = [];

    public static TheoryData<string> Rows => [.. PeerTools.All.SelectMany(tool => tool.Rows).Select(row => row.Id)];

    public static TheoryData<string> Ids => [.. PeerTools.All.Select(tool => tool.Id)];

    internal ServerControl Control => _targets.Control;

    public string AuthorityFile => _authorityFile;

    public async ValueTask InitializeAsync()
    {
        await _targets.InitializeAsync();
        await File.WriteAllTextAsync(_authorityFile, _targets.Target(TargetIds.KestrelHttps).Trust!.Pem);
        foreach (var tool in PeerTools.All)
        {
            if (await tool.FindAsync(CancellationToken.None) is { } installed)
            {
                _installed.Add(tool.Id, installed);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _targets.DisposeAsync();
        File.Delete(_authorityFile);
    }

    public Uri Url(string targetId) => _targets.Target(targetId).Uri;

    /// <summary>The tool; without it the test is skipped.</summary>
    internal InstalledPeer Tool(string id)
    {
        var tool = PeerTools.All.Single(tool => tool.Id == id);
        Assert.SkipUnless(_installed.TryGetValue(id, out var installed), $"{id} is not installed: {tool.Package}");
        return installed!;
    }

    /// <summary>The row with its tool; without it the test is skipped.</summary>
    internal (InstalledPeer Tool, PeerRow Row) Row(string id)
    {
        var tool = Tool(PeerTools.All.Single(tool => tool.Rows.Any(row => row.Id == id)).Id);
        return (tool, tool.Tool.Rows.Single(row => row.Id == id));
    }
}
