using System.CommandLine;
using System.Text.Json;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Web.Commands;

/// <summary>
/// <c>policy check [FILE] [--policy FILE]</c>: facts in, decisions out, by the same evaluator that the dispatcher calls.
/// Needs no database.
/// </summary>
internal static class PolicyCheckCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo?>("FILE") { Arity = ArgumentArity.ZeroOrOne, Description = "JSON Lines of facts; standard input if not given." };
        var policyFile = new Option<FileInfo?>("--policy") { HelpName = "FILE", Description = "A policy version as JSON; the default policy if not given." };
        var check = new Command("check", "Says for each line of facts whether the text may be sent, and by which rules.") { file, policyFile };
        check.SetAction(async (parsed, cancellationToken) =>
        {
            var error = parsed.InvocationConfiguration.Error;
            if (await ReadPolicyAsync(parsed.GetValue(policyFile), error, cancellationToken) is not { } policy)
                return ExitCode.WrongInput;
            return await JsonLines.AnswerAsync<PolicyQuestion, PolicyAnswer>(
                parsed.GetValue(file), parsed.InvocationConfiguration.Output, error, question => Answer(question, policy), cancellationToken);
        });
        return new Command("policy", "The sending policy.") { check };
    }

    internal static PolicyAnswer Answer(PolicyQuestion question, PolicyVersion policy)
    {
        var facts = question.ToFacts();
        return PolicyAnswer.Of(question.Id, SendPolicy.Evaluate(facts, policy, question.At), facts.Body?.Measure);
    }

    private static async Task<PolicyVersion?> ReadPolicyAsync(FileInfo? file, TextWriter error, CancellationToken cancellationToken)
    {
        if (file is null)
            return PolicyVersion.Default;
        try
        {
            await using var stream = file.OpenRead();
            if (await JsonSerializer.DeserializeAsync<PolicyVersion>(stream, JsonLines.Options, cancellationToken) is { } policy)
                return policy;
            await error.WriteLineAsync($"The policy {file.Name} is empty. Give a JSON object.");
        }
        catch (JsonException problem)
        {
            await error.WriteLineAsync($"The policy {file.Name}, line {problem.LineNumber + 1}: {JsonLines.Sentence(problem, typeof(PolicyVersion))}");
        }
        catch (IOException)
        {
            await error.WriteLineAsync($"The policy {file.Name} cannot be read. Give an existing file.");
        }

        return null;
    }
}
