namespace ConnectionReuse.Targets;

/// <summary>The unary gRPC call that the control answers.</summary>
internal static class GrpcCall
{
    public const string Service = "reuse.Connection";
    public const string Method = "Call";
}
