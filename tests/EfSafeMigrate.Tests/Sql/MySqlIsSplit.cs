using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Sql;

public class MySqlIsSplit
{
    [Theory]
    [InlineData("SELECT 'a\\';b'; SELECT \"c;\\\"d\"; SELECT `e;f`", "SELECT 'a\\';b'|SELECT \"c;\\\"d\"|SELECT `e;f`")]
    [InlineData("SELECT 1 # a; b\n; SELECT 2 -- c; d\n; SELECT 3--4", "SELECT 1|SELECT 2|SELECT 3--4")]
    [InlineData("SELECT 1 /* a /* b; */; SELECT 2", "SELECT 1|SELECT 2")]
    [InlineData("/*!40101 SET NAMES utf8mb4 */; SELECT 2", "SET NAMES utf8mb4|SELECT 2")]
    [InlineData("DELIMITER //\nCREATE PROCEDURE p() BEGIN a; b; END //\nDELIMITER ;\nSELECT 1; SELECT 2", "CREATE PROCEDURE p() BEGIN a; b; END|SELECT 1|SELECT 2")]
    [InlineData(
        "CREATE DEFINER=`root`@`%` PROCEDURE p() BEGIN IF a THEN b; END IF; CASE c WHEN 1 THEN d; END CASE; WHILE e DO f; END WHILE; END; SELECT 2",
        "CREATE DEFINER=`root`@`%` PROCEDURE p() BEGIN IF a THEN b; END IF; CASE c WHEN 1 THEN d; END CASE; WHILE e DO f; END WHILE; END|SELECT 2")]
    [InlineData("CREATE TRIGGER t BEFORE INSERT ON o FOR EACH ROW SET NEW.a = 1; SELECT 2", "CREATE TRIGGER t BEFORE INSERT ON o FOR EACH ROW SET NEW.a = 1|SELECT 2")]
    [InlineData("SELECT 1 AS delimiter; SELECT 2", "SELECT 1 AS delimiter|SELECT 2")]
    [InlineData("BEGIN; SELECT 1; COMMIT", "BEGIN|SELECT 1|COMMIT")]
    public void Where_a_statement_ends(string sql, string expected) =>
        string.Join('|', Splitter.Split(sql, SqlDialect.MySql).Select(statement => statement.Text)).ShouldBe(expected);
}
