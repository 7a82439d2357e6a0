# ./run.ps1 [arguments]   builds and runs the comparison (--help shows the arguments; at a prompt of PowerShell -- is typed '--')
# ./run.ps1 test          builds and runs the tests; with CONNECTION_REUSE_TESTS=all the long ones too
# ./run.ps1 pack [DIR]    builds every package into one folder, artifacts/packages by default
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$env:DOTNET_NOLOGO = '1'; $env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'

function Fail($code, $message) {
  [Console]::Error.WriteLine($message)
  exit $code
}

$sdk = 'A .NET 10 SDK, 10.0.100 or newer, is needed: https://dotnet.microsoft.com/download/dotnet/10.0'
if (-not (Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue)) { Fail 4 "dotnet was not found. $sdk" }
Push-Location $root
try { $said = @(dotnet --version 2>&1 | ForEach-Object { "$_" }) } finally { Pop-Location }
if ($LASTEXITCODE -ne 0) {
  if (($said -join "`n") -match 'SDK was not found|SDKs were found|--list-sdks') {
    $wanted = ([regex]'"version": *"([^"]*)"').Match((Get-Content -LiteralPath (Join-Path $root global.json) -Raw)).Groups[1].Value
    $there = @(dotnet --list-sdks 2>$null | ForEach-Object { "$_".Split(' ')[0] }) -join ' '
    Fail 4 "$sdk (global.json wants $(if ($wanted) { $wanted } else { 'one' }); here: $(if ($there) { $there } else { 'none' }))"
  }
  $first = $said | Where-Object { $_.Trim() } | Select-Object -First 1
  Fail 4 "dotnet does not start: $(if ($first) { $first } else { 'it said nothing' })"
}

# MSBuild reads these characters of a path as its own language.
if ($root -match '[%*?;]|\$\(|@\(') { Fail 4 "MSBuild cannot build in ${root}: % * ? ; `$( and @( are its own; move the folder or rename it" }

# MSBuild takes every variable for a property, in any case: these decide what is built, and where it goes. Nothing stays behind
# that a build starts: no node of MSBuild's, and no compiler unless UseSharedCompilation asks for it.
$properties = 'platform', 'platformtarget', 'configuration', 'targetframework', 'targetframeworks', 'runtimeidentifier', 'runtimeidentifiers', 'selfcontained',
  'outputpath', 'outdir', 'baseoutputpath', 'intermediateoutputpath', 'baseintermediateoutputpath', 'msbuildprojectextensionspath',
  'artifactspath', 'useartifactsoutput', 'publishdir', 'assemblyname', 'outputtype', 'targetname', 'targetext', 'targetpath', 'version', 'versionprefix', 'versionsuffix'
function Neutral($action) { # not $command: a block finds the names of whoever calls it first
  $before = @{ MSBUILDDISABLENODEREUSE = $env:MSBUILDDISABLENODEREUSE; UseSharedCompilation = $env:UseSharedCompilation }
  Get-ChildItem env: | Where-Object { $properties -contains $_.Name } | ForEach-Object { $before[$_.Name] = $_.Value }
  Push-Location $root
  try {
    foreach ($name in $before.Keys) { if ($properties -contains $name) { Remove-Item -LiteralPath "env:$name" } }
    $env:MSBUILDDISABLENODEREUSE = '1'
    if (-not $env:UseSharedCompilation) { $env:UseSharedCompilation = 'false' }
    & $action
  }
  finally {
    Pop-Location
    foreach ($name in $before.Keys) {
      if ($null -eq $before[$name]) { Remove-Item -LiteralPath "env:$name" -ErrorAction Ignore } else { Set-Item -LiteralPath "env:$name" $before[$name] }
    }
  }
}

function Quietly($what, $action) { # quiet unless it fails, but for a word every other second
  $beat = [PowerShell]::Create().AddScript({
    param($what)
    $watch = [Diagnostics.Stopwatch]::StartNew()
    while ($true) {
      Start-Sleep -Milliseconds 1700
      [Console]::Error.WriteLine("[$([int]$watch.Elapsed.TotalSeconds) s] $what")
    }
  }).AddArgument($what)
  $null = $beat.BeginInvoke()
  try { $log = Neutral $action }
  finally { $beat.Stop(); $beat.Dispose() }
  if ($LASTEXITCODE -ne 0) { Fail 4 ($log -join "`n") }
}

# One compiler for all projects of a build, which reads the analyzers once. It has a name of its own, and ends with
# the build, so that it is no compiler that stays, which UseSharedCompilation=true asks for.
function Build($project) {
  $version = $said[-1]
  $folder = dotnet --list-sdks | Where-Object { $_.StartsWith("$version [") } | ForEach-Object { $_.Substring($version.Length + 2).TrimEnd(']') }
  $compiler = "$folder/$version/Roslyn/bincore/VBCSCompiler.dll"
  $before = @{ UseSharedCompilation = $env:UseSharedCompilation; SharedCompilationId = $env:SharedCompilationId }
  $process = $null
  try {
    if ((-not $env:UseSharedCompilation -or $env:UseSharedCompilation -eq 'false') -and (Test-Path -LiteralPath $compiler)) {
      $env:UseSharedCompilation = 'true'; $env:SharedCompilationId = "connection-reuse-$PID"
      $start = [Diagnostics.ProcessStartInfo]::new((Get-Command dotnet -CommandType Application)[0].Source)
      $start.RedirectStandardOutput = $true; $start.RedirectStandardError = $true
      'exec', $compiler, "-pipename:$($env:SharedCompilationId)" | ForEach-Object { $start.ArgumentList.Add($_) }
      $process = [Diagnostics.Process]::Start($start)
    }
    Quietly 'building' { dotnet build $project -c Release -v quiet --nologo 2>&1 }
  }
  finally {
    if ($process) { $process.Kill(); $process.Dispose() }
    foreach ($name in $before.Keys) { Set-Item -LiteralPath "env:$name" $before[$name] }
  }
}

# One build at a time in this folder, run.sh's included. The lock goes with the process that has it, however that ends.
function Lock {
  $file = Join-Path $root 'bench/bin/building'
  $null = New-Item -ItemType Directory -Force (Split-Path $file)
  $left = if ($env:CONNECTION_REUSE_BUILD_WAIT) { [int]$env:CONNECTION_REUSE_BUILD_WAIT } else { 600 }
  for ($try = 0; ; $try++) {
    try { return [IO.File]::Open($file, 'OpenOrCreate', 'ReadWrite', 'None') }
    catch [IO.IOException] {
      if ($try -eq 0) { [Console]::Error.WriteLine('Another build runs in this folder: waiting for it.') }
      if ($try -ge $left) { Fail 4 'The other build in this folder does not end; nothing was done.' }
      Start-Sleep 1
      if ($try % 2 -eq 1) { [Console]::Error.WriteLine("[$($try + 1) s] waiting for the other build") }
    }
  }
}

# An array given to a program is expanded by file names ('*.Shared' too) outside Windows; quoted text is not.
function Quoted($arguments) {
  ($arguments | ForEach-Object { "'$([Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($_))'" }) -join ' '
}

$program = Join-Path $root 'bench/bin/Release/net10.0/ConnectionReuse.Bench.dll'
$stamp = Join-Path $root 'bench/bin/built' # from when the last build began: asking the build itself takes seconds

function Build-Program($project) { # alone, or with everything
  Get-ChildItem (Join-Path $root 'bench'), (Join-Path $root 'src') -Recurse -Filter *.csproj |
    ForEach-Object { $null = New-Item -ItemType Directory -Force (Join-Path $_.DirectoryName 'bin'), (Join-Path $_.DirectoryName 'obj') } # else the build would, and change what lies around them
  $null = New-Item -ItemType File -Force "$stamp.new" # before the build: what changes meanwhile is newer
  if (Test-Path -LiteralPath $program) { Remove-Item -LiteralPath $program } # or a build that puts it elsewhere would leave an old one to be started
  Build $project
  if (-not (Test-Path -LiteralPath $program)) {
    Fail 4 "The build succeeded, but put no program at ${program}: does a variable of the environment set a property of MSBuild?"
  }
  Move-Item -Force "$stamp.new" $stamp
}

if ($args.Count -gt 0 -and $args[0] -eq 'test') {
  $lock = Lock
  Build-Program Benchmarks.sln
  $lock.Dispose()
  $results = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
  try {
    $command = 'dotnet test Benchmarks.sln -c Release --no-build --nologo --logger "console;verbosity=minimal"' +
      ' --logger "trx;LogFilePrefix=tests" --results-directory $results ' + (Quoted ($args | Select-Object -Skip 1))
    Neutral { Invoke-Expression $command }
    $status = $LASTEXITCODE
    # The build makes errors of what else dotnet format looks for: it looks for that again in the long tests.
    $what = @(if ($env:CONNECTION_REUSE_TESTS -ne 'all') { 'whitespace' })
    Neutral { dotnet format @what Benchmarks.sln --verify-no-changes --no-restore }
    if ($LASTEXITCODE -ne 0) { $status = $LASTEXITCODE }
    # One for each test project, by any name: a trx logger of the caller's replaces this one.
    $runs = @(Get-ChildItem $results -Filter *.trx -ErrorAction SilentlyContinue |
      ForEach-Object { ([xml](Get-Content -LiteralPath $_.FullName -Raw)).TestRun })
  }
  finally {
    if (Test-Path $results) { Remove-Item $results -Recurse }
  }

  # Where a log is cut, its end is what is left.
  $runs | ForEach-Object { $_.Results.UnitTestResult } | Where-Object outcome -eq Failed |
    ForEach-Object { "failed: $($_.testName): $(($_.Output.ErrorInfo.Message -split "`r?`n")[0])" }
  function Sum($name) { [int]($runs | ForEach-Object { [int]$_.ResultSummary.Counters.$name } | Measure-Object -Sum).Sum } # 0 where there is no trx
  $total = Sum total; $executed = Sum executed; $passed = Sum passed
  "$passed passed, $($executed - $passed) failed, $($total - $executed) skipped"
  if ($executed -eq 0) { exit 1 }
  exit $status
}

if ($args.Count -gt 0 -and $args[0] -eq 'pack') {
  if ($args.Count -gt 2) { Fail 2 'pack takes one folder at most: ./run.ps1 pack DIR' }
  $packages = if ($args.Count -gt 1) { $args[1] } else { Join-Path $root 'artifacts/packages' }
  try { $packages = (New-Item -ItemType Directory -Force $packages).FullName } catch { Fail 4 "The packages cannot go to $packages." }
  $lock = Lock
  Quietly 'packing' { dotnet pack Benchmarks.sln -c Release -v quiet --nologo -o $packages 2>&1 }
  $lock.Dispose()
  Get-ChildItem $packages -Filter *.nupkg | ForEach-Object { "$([math]::Floor($_.Length / 1024)) kB  $($_.Name)" }
  exit 0
}

function Changed {
  if (-not (Test-Path -LiteralPath $program) -or -not (Test-Path -LiteralPath $stamp)) { return $true }
  $built = (Get-Item -LiteralPath $stamp).LastWriteTimeUtc
  $sources = 'bench', 'src', 'Directory.*', 'global.json' | ForEach-Object { Join-Path $root $_ }
  $newer = & { Get-Item $sources; Get-ChildItem $sources -Recurse } | # folders too: one that lost a file is newer
    Where-Object { $_.FullName.Substring($root.Length) -notmatch '[\\/](bin|obj)([\\/]|$)' -and $_.LastWriteTimeUtc -gt $built } |
    Select-Object -First 1
  return $null -ne $newer
}

if (Changed) {
  $lock = Lock
  if (Changed) { # the other build may have been this one
    if (-not (Test-Path -LiteralPath $program)) { [Console]::Error.WriteLine('Building; the first time takes a minute.') }
    Build-Program bench
  }
  $lock.Dispose()
}
Invoke-Expression ('dotnet $program ' + (Quoted $args))
exit $LASTEXITCODE
