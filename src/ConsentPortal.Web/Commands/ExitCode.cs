namespace ConsentPortal.Web.Commands;

/// <summary>The exit codes that a script can rely on.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command ran and found something wrong: an invalid log, an unhealthy portal, a refused row.</summary>
    public const int FoundProblem = 1;

    /// <summary>Wrong usage or input; standard error names the line and the field.</summary>
    public const int WrongInput = 2;
}
