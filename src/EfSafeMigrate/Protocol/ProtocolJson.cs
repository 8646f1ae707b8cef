using System.Text.Json.Serialization;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Protocol;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(HelloResult))]
[JsonSerializable(typeof(ContextsResult))]
[JsonSerializable(typeof(OpenResult))]
[JsonSerializable(typeof(DescribeResult))]
[JsonSerializable(typeof(ModelsResult))]
[JsonSerializable(typeof(ConnectResult))]
[JsonSerializable(typeof(QueryResult))]
[JsonSerializable(typeof(ScaffoldResult))]
[JsonSerializable(typeof(StagesResult))]
[JsonSerializable(typeof(AppliedResult))]
[JsonSerializable(typeof(BatchResult))]
[JsonSerializable(typeof(MigrateResult))]
[JsonSerializable(typeof(ProofResult))]
[JsonSerializable(typeof(CopyResult))]
[JsonSerializable(typeof(LinesResult))]
[JsonSerializable(typeof(CommandProgress))]
[JsonSerializable(typeof(ConnectionTextResult))]
[JsonSerializable(typeof(ColumnMeaningsResult))]
[JsonSerializable(typeof(MappedPropertiesResult))]
[JsonSerializable(typeof(DisconnectResult))]
[JsonSerializable(typeof(Default), TypeInfoPropertyName = "ColumnDefault")]
internal sealed partial class ProtocolJson : JsonSerializerContext;
