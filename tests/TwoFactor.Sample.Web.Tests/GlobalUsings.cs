global using NUnit.Framework;

// Two fixtures at a time: each has a sample, a data folder and visitors of its own, and a browser often waits.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
