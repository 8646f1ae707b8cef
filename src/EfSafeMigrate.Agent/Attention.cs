using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace EfSafeMigrate.Agent;

/// <summary>
/// Listens to EF from the first command on. EF remembers for a second that nobody listened, and would tell nothing of a migration that
/// begins within that second.
/// </summary>
internal sealed class Attention : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> subscriptions = [];

    public Attention() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => subscriptions.ForEach(subscription => subscription.Dispose());
}
