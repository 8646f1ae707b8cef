using System.Linq.Expressions;

namespace AutoMapper;

/// <summary>As much of the library of this name as the profile needs.</summary>
public abstract class Profile
{
    protected static IMappingExpression<TSource, TDestination> CreateMap<TSource, TDestination>() => new Mapping<TSource, TDestination>();

    private sealed class Mapping<TSource, TDestination> : IMappingExpression<TSource, TDestination>
    {
        public IMappingExpression<TSource, TDestination> ForMember<TMember>(
            Expression<Func<TDestination, TMember>> destination, Action<IMemberConfigurationExpression<TSource>> options) => this;
    }
}

public interface IMappingExpression<TSource, TDestination>
{
    IMappingExpression<TSource, TDestination> ForMember<TMember>(
        Expression<Func<TDestination, TMember>> destination, Action<IMemberConfigurationExpression<TSource>> options);
}

public interface IMemberConfigurationExpression<TSource>
{
    void MapFrom<TMember>(Expression<Func<TSource, TMember>> source);

    void Ignore();
}
