# ./run.ps1 [arguments]   builds and runs the comparison (--help shows the arguments; at a prompt of PowerShell -- is typed '--')
# ./run.ps1 test          builds and runs every test
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$env:DOTNET_NOLOGO = '1'; $env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'

function Fail($code, $message) {
  [Console]::Error.WriteLine($message)
  exit $code
}

function Build($project) { # quiet unless it fails
  Push-Location $root
  try { $log = dotnet build $project -c Release -v quiet --nologo 2>&1 } finally { Pop-Location }
  if ($LASTEXITCODE -ne 0) { Fail 4 ($log -join "`n") }
}

# An array given to a program is expanded by file names ('*.Shared' too) outside Windows; quoted text is not.
function Quoted($arguments) {
  ($arguments | ForEach-Object { "'$([Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($_))'" }) -join ' '
}

Push-Location $root
try { $version = dotnet --version 2>$null } catch { $version = $null } finally { Pop-Location }
if (-not $version -or $LASTEXITCODE -ne 0) {
  Fail 4 'A .NET 10 SDK, 10.0.100 or newer, is needed: https://dotnet.microsoft.com/download/dotnet/10.0'
}

if ($args.Count -gt 0 -and $args[0] -eq 'test') {
  Build Benchmarks.sln
  $results = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
  Push-Location $root
  try {
    $command = 'dotnet test Benchmarks.sln -c Release --no-build --nologo --logger "console;verbosity=minimal"' +
      ' --logger "trx;LogFilePrefix=tests" --results-directory $results '
    Invoke-Expression ($command + (Quoted ($args | Select-Object -Skip 1)))
    $status = $LASTEXITCODE
    dotnet format Benchmarks.sln --verify-no-changes --no-restore
    if ($LASTEXITCODE -ne 0) { $status = $LASTEXITCODE }
    # One for each test project, by any name: a trx logger of the caller's replaces this one.
    $counters = @(Get-ChildItem $results -Filter *.trx -ErrorAction SilentlyContinue |
      ForEach-Object { ([xml](Get-Content -LiteralPath $_.FullName -Raw)).TestRun.ResultSummary.Counters })
  }
  finally {
    Pop-Location
    if (Test-Path $results) { Remove-Item $results -Recurse }
  }

  function Sum($name) { [int]($counters | ForEach-Object { [int]$_.$name } | Measure-Object -Sum).Sum } # 0 where there is no trx
  $total = Sum total; $executed = Sum executed; $passed = Sum passed
  "$passed passed, $($executed - $passed) failed, $($total - $executed) skipped"
  if ($executed -eq 0) { exit 1 }
  exit $status
}

$program = Join-Path $root 'bench/bin/Release/net10.0/ConnectionReuse.Bench.dll'
$stamp = Join-Path $root 'bench/bin/built' # from when the last build began: asking the build itself takes seconds
function Changed {
  if (-not (Test-Path $program) -or -not (Test-Path $stamp)) { return $true }
  $built = (Get-Item $stamp).LastWriteTimeUtc
  $sources = 'bench', 'src', 'Directory.*', 'global.json' | ForEach-Object { Join-Path $root $_ }
  $newer = & { Get-Item $sources; Get-ChildItem $sources -Recurse } | # folders too: one that lost a file is newer
    Where-Object { $_.FullName.Substring($root.Length) -notmatch '[\\/](bin|obj)([\\/]|$)' -and $_.LastWriteTimeUtc -gt $built } |
    Select-Object -First 1
  return $null -ne $newer
}

if (-not (Test-Path $program)) { [Console]::Error.WriteLine('Building; the first time takes a minute.') }
if (Changed) {
  $null = New-Item -ItemType Directory -Force (Split-Path $stamp)
  $null = New-Item -ItemType File -Force "$stamp.new" # before the build: what changes meanwhile is newer
  Build bench
  Move-Item -Force "$stamp.new" $stamp
}
Invoke-Expression ('dotnet $program ' + (Quoted $args))
exit $LASTEXITCODE
