using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Agent;

/// <summary>A failure the tool has a sentence for.</summary>
#pragma warning disable CA1064 // Thrown and caught inside this process only.
internal sealed class AgentException(Failure failure, Exception? inner = null) : Exception(failure.Message, inner)
{
    public Failure Failure { get; } = failure;
}
