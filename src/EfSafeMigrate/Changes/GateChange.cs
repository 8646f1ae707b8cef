namespace EfSafeMigrate.Changes;

/// <summary>What the settings ask of the code around migrations, and what is not there.</summary>
/// <param name="Fails">It fails a review; otherwise it only warns.</param>
internal abstract record GateChange(bool Fails) : HistoryChange;

/// <summary>No test names the migration.</summary>
internal sealed record UntestedMigration(bool Fails) : GateChange(Fails);

/// <summary>A public API uses what the migration touches, and says no version.</summary>
/// <param name="Api">As a person says it: <c>OrdersController.Get</c>, <c>GET /orders</c>.</param>
/// <param name="Touched">What happens, as a sentence without a full stop: <c>Orders.Note is dropped</c>.</param>
internal sealed record UnversionedApi(string Api, TableName Table, string? Column, string Touched, bool Fails) : GateChange(Fails)
{
    public override TableName? Target => Table;

    public override string? TargetColumn => Column;
}
