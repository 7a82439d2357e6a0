using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Bench.Running;

OneCulture.Take();
return await Root.RunAsync(args);
