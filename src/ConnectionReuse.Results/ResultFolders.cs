namespace ConnectionReuse.Results;

/// <summary>The folders below <c>results/</c>.</summary>
public static class ResultFolders
{
    /// <summary>Runs of this machine, each in a folder named by its start.</summary>
    public const string Local = "local";

    /// <summary>A copy of the newest run's folder, beside it.</summary>
    public const string Latest = "latest";

    /// <summary>Published reports.</summary>
    public const string Published = "published";
}
