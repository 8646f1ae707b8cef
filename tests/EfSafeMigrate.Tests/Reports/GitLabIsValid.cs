using System.Text.Json;
using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Tests.Reports;

public class GitLabIsValid
{
    /// <summary>The fields that GitLab documents, and the values that it knows.</summary>
    private const string Documented = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "additionalProperties": false,
            "properties": {
              "description": { "type": "string" },
              "check_name": { "type": "string", "minLength": 1 },
              "fingerprint": { "type": "string", "pattern": "^[0-9a-f]{32}$" },
              "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
              "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": false,
                "properties": {
                  "path": { "type": "string" },
                  "lines": { "type": "object", "required": ["begin"], "additionalProperties": false, "properties": { "begin": { "type": "integer", "minimum": 1 } } }
                }
              }
            }
          }
        }
        """;

    [Fact]
    public void ByItsFieldsWhateverTheNames()
    {
        var schema = Schemas.Of(Documented);
        foreach (var review in Reviews.Nasty.Select(Reviews.Named).Prepend(Reviews.Shop()).Append(Reviews.Empty()))
        {
            schema.ShouldAccept(GitLabReport.Of(review));
        }
        schema.Validate(GitLabReport.Of(Reviews.Shop()).Replace("critical", "grave", StringComparison.Ordinal)).ShouldNotBeEmpty();
    }

    [Fact]
    public void WithTheGravestFirstAndNothingThatIsWaived()
    {
        using var document = JsonDocument.Parse(GitLabReport.Of(Reviews.Shop()));
        var issues = document.RootElement.EnumerateArray().ToArray();

        issues.Select(issue => issue.GetProperty("severity").GetString()).SkipWhile(each => each == "critical").ShouldNotContain("critical");
        issues.Select(issue => issue.GetProperty("check_name").GetString()).ShouldNotContain("drop-table");
        var index = issues.Single(issue => issue.GetProperty("check_name").GetString() == "create-index-blocking").GetProperty("location");
        (index.GetProperty("path").GetString(), index.GetProperty("lines").GetProperty("begin").GetInt32()).ShouldBe(("src/Shop/Migrations/20261121083000_TidyOrders.cs", 18));
    }
}
