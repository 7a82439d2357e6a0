using ConnectionReuse.Connections;

namespace ConnectionReuse.Bench.Running;

/// <summary>What a client proves to a server on another machine that it may call it.</summary>
internal static class ReuseToken
{
    /// <summary>Takes it out of this process's environment, so that no process that it starts has it; empty where there is none.</summary>
    public static string Take()
    {
        var token = Environment.GetEnvironmentVariable(ControlProtocol.TokenVariable) ?? string.Empty;
        Environment.SetEnvironmentVariable(ControlProtocol.TokenVariable, null);
        return token;
    }
}
