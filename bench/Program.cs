using System.Globalization;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture; // whatever the environment says
return await ConnectionReuse.Bench.Commands.Root.RunAsync(args);
