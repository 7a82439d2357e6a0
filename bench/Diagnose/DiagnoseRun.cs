using ConnectionReuse.Bench.Running;
using ConnectionReuse.Diagnosis;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Diagnose;

/// <summary>Diagnoses a URL and shows what was found.</summary>
/// <param name="target">Whom to call.</param>
/// <param name="options">How.</param>
/// <param name="json">A file for the report as JSON; null for none.</param>
/// <param name="output">Where the report goes.</param>
/// <param name="errors">Told beforehand how many requests there will be, and how long it may take.</param>
internal sealed class DiagnoseRun(Target target, DiagnosisOptions options, string? json, TextWriter output, TextWriter errors)
{
    /// <summary>Runs it.</summary>
    /// <returns><see cref="ExitCode.Done"/> where one connection carried all calls, else <see cref="ExitCode.DoesNotHold"/>.</returns>
    /// <exception cref="UserException">Nothing answered.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken interrupted)
    {
        await errors.WriteLineAsync(Announcement());
        var report = await ReuseDiagnosis.RunAsync(target, options, TimeProvider.System, interrupted);
        if (json is not null)
        {
            ResultFiles.WriteText(json, DiagnosisJson.Serialize(report));
        }

        if (report.Verdict is not { } verdict)
        {
            var tried = report.Addresses.Count > 0 ? $" (tried {string.Join(", ", report.Addresses.Select(address => address.Address))})" : string.Empty;
            throw new UserException(ExitCode.CouldNotMeasure, $"{report.Url}: {report.Failure ?? "no answer"}{tried}");
        }

        await output.WriteAsync(DiagnosisText.Render(report));
        return verdict.IsReused ? ExitCode.Done : ExitCode.DoesNotHold;
    }

    private string Announcement()
    {
        var requests = $"{PublicUrl.Of(target.Uri)} will get at most {ReuseDiagnosis.MostRequests(options)} requests, one at a time{target.Request?.RedirectsBesides}";
        return options.Idle is { } idle ? $"{requests}; then an idle connection is watched for at most {idle.TotalSeconds:0} s" : requests;
    }
}
