using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ConnectionReuse.Links;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Gate;
using Xunit;

namespace ConnectionReuse.Tests.Servers;

/// <summary>A local server that answers what the user wants it to.</summary>
public sealed class CannedResponsesTests : IDisposable
{
    private readonly UsersBuild _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_file_answers_every_request_with_its_media_type()
    {
        await using var servers = await ServeAsync($"@{_files.Write("order.json", """{"id":5}""")}");
        using var client = new HttpClient { BaseAddress = servers.ByTarget[TargetIds.KestrelHttp].Uri };

        var order = await client.GetFromJsonAsync<JsonElement>("orders/5", TestContext.Current.CancellationToken);

        Assert.Equal(5, order.GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task A_folder_answers_by_path_and_method_and_says_what_it_lacks()
    {
        _files.Write("answers/orders/5/GET.json", """{"id":5}""");
        _files.Write("answers/orders/POST.201.json", """{"id":6}""");
        _files.Write("answers/GET.txt", "root");
        await using var servers = await ServeAsync(Path.Combine(_files.Folder.FullName, "answers"));
        using var client = new HttpClient { BaseAddress = servers.ByTarget[TargetIds.KestrelHttp].Uri };

        using var got = await client.GetAsync(new Uri("orders/5?verbose=1", UriKind.Relative), TestContext.Current.CancellationToken);
        using var posted = await client.PostAsync(new Uri("orders", UriKind.Relative), new StringContent("{}"), TestContext.Current.CancellationToken);
        using var missing = await client.GetAsync(new Uri("orders/7", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (got.StatusCode, got.Content.Headers.ContentType?.MediaType));
        Assert.Equal((HttpStatusCode.Created, """{"id":6}"""), (posted.StatusCode, await posted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal("root", await client.GetStringAsync(new Uri("", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal((HttpStatusCode.NotFound, "no response for GET /orders/7\n"), (missing.StatusCode, await missing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("nowhere", "no such file or folder")]
    [InlineData("empty", "no response is in it; a file is named such as orders/5/GET.json")]
    [InlineData("wrong", "a response is named METHOD.ext or METHOD.STATUS.ext, such as GET.json or POST.201.json")]
    [Fault("--respond: {0}", "{1}")]
    public void What_cannot_be_answered_with_says_why(string name, string answer)
    {
        _files.Folder.CreateSubdirectory("empty");
        _files.Write("wrong/orders/order.json", "{}");

        var refused = Assert.Throws<InvalidDataException>(() => CannedResponses.Read(Path.Combine(_files.Folder.FullName, name)));

        Assert.EndsWith($": {answer}", refused.Message, StringComparison.Ordinal);
    }

    private static Task<LocalServers> ServeAsync(string path) => LocalServers.StartAsync(
        [TargetIds.KestrelHttp], breakHalf: false, LinkOptions.None, TimeProvider.System, TestContext.Current.CancellationToken, CannedResponses.Read(path));
}
