// Of the fixtures that may run at a time.
[assembly: NUnit.Framework.LevelOfParallelism(2)]
