using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace ConnectionReuse.Servers;

/// <summary>
/// What a local target answers with instead of its own response: one file for every request, or a folder whose files are
/// <c>path/METHOD.ext</c> or <c>path/METHOD.STATUS.ext</c>, such as <c>orders/5/GET.json</c> and <c>orders/POST.201.json</c>.
/// </summary>
internal sealed class CannedResponses
{
    private const string AnyType = "application/octet-stream";

    private readonly Response? _any;
    private readonly Dictionary<(string Method, string Path), Response> _byPath = [];

    private CannedResponses(Response? any) => _any = any;

    /// <summary>Reads a file or a folder into memory, so that no call waits for a disk.</summary>
    /// <param name="path">The file or folder; an @ before it, as curl has it, is left out.</param>
    /// <exception cref="InvalidDataException">There is none, or a file's name says no method; the message is one line.</exception>
    public static CannedResponses Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        path = path.StartsWith('@') ? path[1..] : path;
        var types = new FileExtensionContentTypeProvider();
        try
        {
            if (File.Exists(path))
            {
                return new CannedResponses(new Response(StatusCodes.Status200OK, TypeOf(types, path), File.ReadAllBytes(path)));
            }

            if (!Directory.Exists(path))
            {
                throw new InvalidDataException($"{path}: no such file or folder");
            }

            var responses = new CannedResponses(any: null);
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                responses.Add(Path.GetRelativePath(path, file), types, File.ReadAllBytes(file));
            }

            return responses._byPath.Count > 0 ? responses : throw new InvalidDataException($"{path}: no response is in it; a file is named such as orders/5/GET.json");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Answers a request; 404 where there is no response for it, and says so.</summary>
    public async Task RespondAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = (context.Request.Method, context.Request.Path.Value!.Trim('/'));
        if ((_any ?? _byPath.GetValueOrDefault(request)) is not { } response)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync($"no response for {request.Method} /{request.Item2}\n", context.RequestAborted);
            return;
        }

        context.Response.StatusCode = response.Status;
        if (response.Body.Length > 0)
        {
            context.Response.ContentType = response.ContentType;
            context.Response.ContentLength = response.Body.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await context.Response.Body.WriteAsync(response.Body, context.RequestAborted);
            }
        }
    }

    private void Add(string file, FileExtensionContentTypeProvider types, byte[] body)
    {
        var words = Path.GetFileName(file).Split('.');
        var status = StatusCodes.Status200OK;
        if (words.Length is not (1 or 2 or 3) || words[0].Length == 0 || !words[0].All(char.IsAsciiLetterUpper)
            || (words.Length == 3 && !(int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out status) && status is >= 200 and <= 599)))
        {
            throw new InvalidDataException($"{file}: a response is named METHOD.ext or METHOD.STATUS.ext, such as GET.json or POST.201.json");
        }

        var path = (Path.GetDirectoryName(file) ?? string.Empty).Replace('\\', '/');
        _byPath[(words[0], path)] = new Response(status, TypeOf(types, file), body);
    }

    private static string TypeOf(FileExtensionContentTypeProvider types, string path) => types.TryGetContentType(path, out var type) ? type : AnyType;

    private sealed record Response(int Status, string ContentType, byte[] Body);
}
