return await ConnectionReuse.Bench.Commands.Root.RunAsync(args);
