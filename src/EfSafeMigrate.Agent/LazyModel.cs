using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent;

/// <summary>
/// A model that is built when somebody asks it something. Which operations a provider looks up in the model differs by provider and version, so it is not
/// guessed here: most migrations are described without anybody asking.
/// </summary>
#pragma warning disable CA1812, CA1852 // The proxy derives from it when it runs.
internal class LazyModel : DispatchProxy
#pragma warning restore CA1812, CA1852
{
    private Lazy<IModel>? model;

    public static IModel Of(Func<IModel> build)
    {
        var proxy = Create<IModel, LazyModel>();
        ((LazyModel)proxy).model = new(build);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        try
        {
            return targetMethod!.Invoke(model!.Value, args);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
