namespace Library.Models;

public enum CopyCondition
{
    New,
    Good,
    Worn,
    Withdrawn,
}
