"""init

Revision ID: 1a2b3c4d5e6f
Revises:
Create Date: 2026-01-05 09:15:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

revision: str = "1a2b3c4d5e6f"
down_revision: Union[str, None] = None


def upgrade() -> None:
    op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("email", sa.Text(), nullable=False))


def downgrade() -> None:
    op.drop_table("customers")
