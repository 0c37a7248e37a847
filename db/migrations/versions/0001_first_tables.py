"""Every table, index and constraint of the first version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "applied_tx",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("refused", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applied_tx")),
        info={"local": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "article_text",
        sa.Column("rid", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("names", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_article_text")),
        info={"local": True},
    )
    op.create_table(
        "collected_chunk",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("print", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_collected_chunk")),
        info={"local": True},
    )
    op.create_table(
        "kept_file",
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("chunks", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_kept_file")),
        info={"local": True},
    )
    op.create_table(
        "case_touched",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_case_touched")),
        info={"local": True},
        sqlite_autoincrement=True,
    )
    op.create_table(
        "week_sheet",
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.LargeBinary(), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("sums", sa.LargeBinary(), nullable=False),
        sa.Column("opened", sa.LargeBinary(), nullable=False),
        sa.Column("columns", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("start", name=op.f("pk_week_sheet")),
        info={"local": True},
    )
    op.create_table(
        "calendar",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("shifts", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar")),
        sa.UniqueConstraint("name", name=op.f("uq_calendar_name")),
    )
    op.create_table(
        "call_interval",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("starts_at", sa.Integer(), nullable=False),
        sa.Column("offered", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("handle_seconds", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_interval")),
        sa.UniqueConstraint("starts_at", name=op.f("uq_call_interval_starts_at")),
    )
    op.create_table(
        "case_read",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("read_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_read")),
        info={"local": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_text",
        sa.Column("rid", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("names", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_case_text")),
        info={"local": True},
    )
    op.create_table(
        "conflict",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("tx_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("table_name", sa.String(), nullable=True),
        sa.Column("row_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("column_name", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("base", sa.LargeBinary(), nullable=True),
        sa.Column("mine", sa.LargeBinary(), nullable=True),
        sa.Column("theirs", sa.LargeBinary(), nullable=True),
        sa.Column("my_author", sa.LargeBinary(length=16), nullable=True),
        sa.Column("my_at", sa.Integer(), nullable=False),
        sa.Column("their_author", sa.LargeBinary(length=16), nullable=True),
        sa.Column("their_at", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("settled_at", sa.Integer(), nullable=True),
        sa.Column("settled", sa.String(), nullable=True),
        sa.Column("settled_tx", sa.LargeBinary(length=16), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_conflict")),
        info={"local": True},
    )
    op.create_index("ix_conflict_tx_id", "conflict", ["tx_id"])
    op.create_table(
        "draft",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("saved_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_draft")),
        info={"local": True},
    )
    op.create_table(
        "journal",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("tx_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("undone_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("undoes", sa.LargeBinary(length=16), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_journal")),
        sa.UniqueConstraint("tx_id", name=op.f("uq_journal_tx_id")),
        info={"local": True},
    )
    op.create_table(
        "log_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_log_entry")),
        info={"local": True},
    )
    op.create_table(
        "authority_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_authority_entry")),
        info={"local": True},
    )
    op.create_table(
        "epoch_opening",
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", name=op.f("pk_epoch_opening")),
        info={"local": True},
    )
    op.create_table(
        "lost_tx",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("device", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("expected_until", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_lost_tx")),
        sa.UniqueConstraint("id", name=op.f("uq_lost_tx_id")),
        info={"local": True},
    )
    op.create_table(
        "gate",
        sa.Column("open", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("open", name=op.f("pk_gate")),
        info={"local": True},
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
        info={"local": True},
    )
    op.create_table(
        "metric_target",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("valid_from", sa.String(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metric_target")),
        sa.UniqueConstraint("metric", "valid_from", name=op.f("uq_metric_target_metric_valid_from")),
    )
    op.create_table(
        "pending_tx",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("digest_change", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_pending_tx")),
        sa.UniqueConstraint("id", name=op.f("uq_pending_tx_id")),
        info={"local": True},
    )
    op.create_table(
        "severity",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("response_minutes", sa.Integer(), nullable=True),
        sa.Column("fix_minutes", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_severity")),
        sa.UniqueConstraint("rank", name=op.f("uq_severity_rank")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("founded_at", sa.Integer(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "site_setting",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_setting")),
        sa.UniqueConstraint("key", name=op.f("uq_site_setting_key")),
    )
    op.create_table(
        "template",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint("audience IN ('internal', 'requester')", name=op.f("ck_template_audience")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
        sa.UniqueConstraint("name", "language", name=op.f("uq_template_name_language")),
    )
    op.create_table(
        "analyst",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("calendar_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("role IN ('analyst', 'supervisor', 'administrator')", name=op.f("ck_analyst_role")),
        sa.CheckConstraint("tier BETWEEN 1 AND 3", name=op.f("ck_analyst_tier")),
        sa.ForeignKeyConstraint(["calendar_id"], ["calendar.id"], name=op.f("fk_analyst_calendar_id_calendar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analyst")),
        sa.UniqueConstraint("name", name=op.f("uq_analyst_name")),
    )
    op.create_table(
        "closed_day",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("calendar_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["calendar_id"], ["calendar.id"], name=op.f("fk_closed_day_calendar_id_calendar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_day")),
        sa.UniqueConstraint("calendar_id", "day", name=op.f("uq_closed_day_calendar_id_day")),
    )
    op.create_table(
        "department",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("cost_centre", sa.String(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("calendar_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("significance", sa.Integer(), nullable=False),
        sa.Column("sponsor", sa.String(), nullable=True),
        sa.Column("review_date", sa.String(), nullable=True),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("external_ref", sa.String(), nullable=True),
        sa.CheckConstraint("significance IN (1, 2)", name=op.f("ck_department_significance")),
        sa.ForeignKeyConstraint(["calendar_id"], ["calendar.id"], name=op.f("fk_department_calendar_id_calendar")),
        sa.ForeignKeyConstraint(["parent_id"], ["department.id"], name=op.f("fk_department_parent_id_department")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sa.UniqueConstraint("name", name=op.f("uq_department_name")),
    )
    op.create_table(
        "article",
        sa.Column("rid", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("solution", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("owner_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("review_date", sa.String(), nullable=True),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.Integer(), nullable=False),
        sa.Column("external_ref", sa.String(), nullable=True),
        sa.CheckConstraint("audience IN ('team', 'IT', 'departments', 'everyone')", name=op.f("ck_article_audience")),
        sa.CheckConstraint(
            "state IN ('rough', 'generic', 'reviewed', 'published', 'archived')", name=op.f("ck_article_state")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["analyst.id"], name=op.f("fk_article_owner_id_analyst")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_article")),
        sa.UniqueConstraint("id", name=op.f("uq_article_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index("ix_article_external", ["external_ref"], unique=True)

    op.create_table(
        "device",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealing_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("enrolled_at", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.Integer(), nullable=True),
        sa.Column("revoked_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_device_analyst_id_analyst")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["analyst.id"], name=op.f("fk_device_revoked_by_id_analyst")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("public_key", name=op.f("uq_device_public_key")),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("department_id", sa.LargeBinary(length=16), nullable=True),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_place_department_id_department")),
        sa.ForeignKeyConstraint(["parent_id"], ["place.id"], name=op.f("fk_place_parent_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("name", name=op.f("uq_place_name")),
    )
    op.create_table(
        "queue",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("hold_minutes", sa.Integer(), nullable=True),
        sa.Column("then_queue_id", sa.LargeBinary(length=16), nullable=True),
        sa.CheckConstraint("kind IN ('front line', 'product', 'department')", name=op.f("ck_queue_kind")),
        sa.CheckConstraint("tier BETWEEN 1 AND 3", name=op.f("ck_queue_tier")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_queue_department_id_department")),
        sa.ForeignKeyConstraint(["then_queue_id"], ["queue.id"], name=op.f("fk_queue_then_queue_id_queue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue")),
        sa.UniqueConstraint("name", name=op.f("uq_queue_name")),
    )
    op.create_table(
        "rate",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("valid_from", sa.String(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_rate_analyst_id_analyst")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate")),
        sa.UniqueConstraint("analyst_id", "valid_from", name=op.f("uq_rate_analyst_id_valid_from")),
    )
    op.create_table(
        "severity_override",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("department_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("response_minutes", sa.Integer(), nullable=True),
        sa.Column("fix_minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_severity_override_department_id_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_severity_override")),
        sa.UniqueConstraint("department_id", "severity", name=op.f("uq_severity_override_department_id_severity")),
    )
    op.create_table(
        "staff_note",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('praise', 'coaching')", name=op.f("ck_staff_note_kind")),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_staff_note_analyst_id_analyst")),
        sa.ForeignKeyConstraint(["author_id"], ["analyst.id"], name=op.f("fk_staff_note_author_id_analyst")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_note")),
    )
    with op.batch_alter_table("staff_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_note_analyst_id"), ["analyst_id"], unique=False)

    op.create_table(
        "team_word",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("added_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("added_at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["analyst.id"], name=op.f("fk_team_word_added_by_id_analyst")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_word")),
        sa.UniqueConstraint("word", name=op.f("uq_team_word_word")),
    )
    op.create_table(
        "view",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["analyst.id"], name=op.f("fk_view_owner_id_analyst")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_view")),
    )
    op.create_table(
        "article_department",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("article_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("department_id", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_department_article_id_article")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_article_department_department_id_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_department")),
        sa.UniqueConstraint("article_id", "department_id", name=op.f("uq_article_department_article_id_department_id")),
    )
    op.create_table(
        "article_tag",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("article_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_tag_article_id_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_tag")),
        sa.UniqueConstraint("article_id", "tag", name=op.f("uq_article_tag_article_id_tag")),
    )
    op.create_table(
        "article_version",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("article_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("solution", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_version_article_id_article")),
        sa.ForeignKeyConstraint(["author_id"], ["analyst.id"], name=op.f("fk_article_version_author_id_analyst")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_version")),
    )
    with op.batch_alter_table("article_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_version_article_id"), ["article_id"], unique=False)

    op.create_table(
        "dossier_version",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("department_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("on_behalf_of_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["analyst.id"], name=op.f("fk_dossier_version_author_id_analyst")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_dossier_version_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["analyst.id"], name=op.f("fk_dossier_version_on_behalf_of_id_analyst")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_version")),
    )
    with op.batch_alter_table("dossier_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_version_department_id"), ["department_id"], unique=False)

    op.create_table(
        "coverage",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("department_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("primary_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("stand_in1_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("stand_in2_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("queue_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("valid_from", sa.String(), nullable=False),
        sa.Column("valid_to", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("review_date", sa.String(), nullable=True),
        sa.Column("swap_day", sa.String(), nullable=True),
        sa.Column("predecessor_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("confirmed_at", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_coverage_department_id_department")
        ),
        sa.ForeignKeyConstraint(["predecessor_id"], ["analyst.id"], name=op.f("fk_coverage_predecessor_id_analyst")),
        sa.ForeignKeyConstraint(["primary_id"], ["analyst.id"], name=op.f("fk_coverage_primary_id_analyst")),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_coverage_queue_id_queue")),
        sa.ForeignKeyConstraint(["stand_in1_id"], ["analyst.id"], name=op.f("fk_coverage_stand_in1_id_analyst")),
        sa.ForeignKeyConstraint(["stand_in2_id"], ["analyst.id"], name=op.f("fk_coverage_stand_in2_id_analyst")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage")),
    )
    with op.batch_alter_table("coverage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coverage_department_id"), ["department_id"], unique=False)

    op.create_table(
        "absence",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("from_day", sa.String(), nullable=False),
        sa.Column("to_day", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("entered_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("coverage_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("confirmed_at", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('vacation', 'sickness', 'training', 'other')", name=op.f("ck_absence_kind")),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_absence_analyst_id_analyst")),
        sa.ForeignKeyConstraint(["coverage_id"], ["coverage.id"], name=op.f("fk_absence_coverage_id_coverage")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["analyst.id"], name=op.f("fk_absence_entered_by_id_analyst")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_analyst_id"), ["analyst_id"], unique=False)

    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("absence_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("to_day", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["absence_id"], ["absence.id"], name=op.f("fk_acknowledgement_absence_id_absence")),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_acknowledgement_analyst_id_analyst")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
        sa.UniqueConstraint("absence_id", "analyst_id", name=op.f("uq_acknowledgement_absence_id_analyst_id")),
    )
    op.create_table(
        "desk_key",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("proof", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["analyst.id"], name=op.f("fk_desk_key_made_by_id_analyst")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_key")),
        sa.UniqueConstraint("generation", name=op.f("uq_desk_key_generation")),
    )
    op.create_table(
        "wrapped_key",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("device_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_wrapped_key_device_id_device")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrapped_key")),
        sa.UniqueConstraint("device_id", "generation", name=op.f("uq_wrapped_key_device_id_generation")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("enrol_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.Integer(), nullable=False),
        sa.Column("invited_by_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("used_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("withdrawn_at", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_invitation_analyst_id_analyst")),
        sa.ForeignKeyConstraint(["invited_by_id"], ["analyst.id"], name=op.f("fk_invitation_invited_by_id_analyst")),
        sa.ForeignKeyConstraint(["used_by_id"], ["device.id"], name=op.f("fk_invitation_used_by_id_device")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_table(
        "product",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("launch_date", sa.String(), nullable=True),
        sa.Column("support", sa.String(), nullable=False),
        sa.Column("queue_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("before_contact", sa.Boolean(), nullable=False),
        sa.Column("needs_level", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("needs_level BETWEEN 1 AND 3", name=op.f("ck_product_needs")),
        sa.CheckConstraint("support IN ('supported', 'best effort', 'not supported')", name=op.f("ck_product_support")),
        sa.ForeignKeyConstraint(["parent_id"], ["product.id"], name=op.f("fk_product_parent_id_product")),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_product_queue_id_queue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("name", name=op.f("uq_product_name")),
    )
    op.create_table(
        "frozen_report",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("department_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("product_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("log_seq", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("figures", sa.String(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_frozen_report_analyst_id_analyst")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_frozen_report_department_id_department")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["analyst.id"], name=op.f("fk_frozen_report_made_by_id_analyst")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_frozen_report_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_report")),
    )
    with op.batch_alter_table("frozen_report", schema=None) as batch_op:
        batch_op.create_index("ix_frozen_report_week", ["week"], unique=False)

    op.create_table(
        "queue_member",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("queue_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("schedulable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_queue_member_analyst_id_analyst")),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_queue_member_queue_id_queue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_member")),
        sa.UniqueConstraint("queue_id", "analyst_id", name=op.f("uq_queue_member_queue_id_analyst_id")),
    )
    with op.batch_alter_table("queue_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_queue_member_analyst_id"), ["analyst_id"], unique=False)

    op.create_table(
        "requester",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("place_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("department_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("external_ref", sa.String(), nullable=True),
        sa.CheckConstraint("name IS NOT NULL OR place_id IS NOT NULL", name=op.f("ck_requester_name_or_place")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_requester_department_id_department")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_requester_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requester")),
    )
    with op.batch_alter_table("requester", schema=None) as batch_op:
        batch_op.create_index("ix_requester_external_ref", ["external_ref"], unique=True)
        batch_op.create_index("ix_requester_name", ["name"], unique=False)

    op.create_table(
        "shift",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("queue_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("starts_at", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.CheckConstraint("duty IN ('hotline', 'lead', 'backup')", name=op.f("ck_shift_duty")),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_shift_analyst_id_analyst")),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_shift_queue_id_queue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index("ix_shift_starts_at", ["starts_at"], unique=False)

    op.create_table(
        "article_product",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("article_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("product_id", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_product_article_id_article")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_article_product_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_product")),
        sa.UniqueConstraint("article_id", "product_id", name=op.f("uq_article_product_article_id_product_id")),
    )
    with op.batch_alter_table("article_product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_product_product_id"), ["product_id"], unique=False)

    op.create_table(
        "asset",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("product_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("department_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("place_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("serial", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_asset_department_id_department")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_asset_place_id_place")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_asset_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset")),
        sa.UniqueConstraint("tag", name=op.f("uq_asset_tag")),
    )
    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asset_place_id"), ["place_id"], unique=False)

    op.create_table(
        "skill",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("product_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("last_used", sa.String(), nullable=True),
        sa.CheckConstraint("level BETWEEN 1 AND 3", name=op.f("ck_skill_level")),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_skill_analyst_id_analyst")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_skill_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("analyst_id", "product_id", name=op.f("uq_skill_analyst_id_product_id")),
    )
    with op.batch_alter_table("skill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skill_product_id"), ["product_id"], unique=False)

    op.create_table(
        "case",
        sa.Column("rid", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("requester_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("department_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("product_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("place_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("asset_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("queue_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("contact_owner_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("work_owner_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("route_reason", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("waiting_on", sa.String(), nullable=True),
        sa.Column("next_step", sa.String(), nullable=True),
        sa.Column("next_step_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("next_step_at", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.Integer(), nullable=False),
        sa.Column("first_response_at", sa.Integer(), nullable=True),
        sa.Column("resolved_at", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.Integer(), nullable=False),
        sa.Column("response_promised_at", sa.Integer(), nullable=True),
        sa.Column("fix_promised_at", sa.Integer(), nullable=True),
        sa.Column("response_due_at", sa.Integer(), nullable=True),
        sa.Column("fix_due_at", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.Integer(), server_default="253402300799000", nullable=False),
        sa.Column("warn_at", sa.Integer(), nullable=True),
        sa.Column("resolution", sa.String(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("permanent_fix_wanted", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("documented", sa.String(), nullable=True),
        sa.Column("workaround", sa.String(), nullable=True),
        sa.Column("escalated_to", sa.String(), nullable=True),
        sa.Column("escalated_ref", sa.String(), nullable=True),
        sa.Column("reopen_count", sa.Integer(), nullable=False),
        sa.Column("hops", sa.Integer(), nullable=False),
        sa.Column("major", sa.Boolean(), nullable=False),
        sa.Column("executive_complaint", sa.Boolean(), nullable=False),
        sa.Column("outside_it", sa.Boolean(), nullable=False),
        sa.Column("abusive_contact", sa.Boolean(), nullable=False),
        sa.Column("external_source", sa.String(), nullable=True),
        sa.Column("external_ref", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (status IN ('new', 'in progress', 'waiting'))", name=op.f("ck_case_ended")
        ),
        sa.CheckConstraint(
            "channel IN ('phone', 'walk-in', 'hall visit', 'e-mail', 'monitoring', 'self-service')",
            name=op.f("ck_case_channel"),
        ),
        sa.CheckConstraint("kind IN ('incident', 'request', 'problem')", name=op.f("ck_case_kind")),
        sa.CheckConstraint("documented IN ('article', 'draft', 'not needed')", name=op.f("ck_case_documented")),
        sa.CheckConstraint("escalated_to IN ('developers', 'supplier')", name=op.f("ck_case_escalated_to")),
        sa.CheckConstraint(
            "outcome IN ('fixed', 'workaround', 'no fault found', 'not fixed')", name=op.f("ck_case_outcome")
        ),
        sa.CheckConstraint(
            "status IN ('new', 'in progress', 'waiting', 'resolved', 'closed', 'cancelled', 'merged')",
            name=op.f("ck_case_status"),
        ),
        sa.CheckConstraint(
            "waiting_on IN ('requester', 'supplier', 'change', 'parts')", name=op.f("ck_case_waiting_on")
        ),
        sa.CheckConstraint("tier BETWEEN 1 AND 3", name=op.f("ck_case_tier")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_case_asset_id_asset")),
        sa.ForeignKeyConstraint(["contact_owner_id"], ["analyst.id"], name=op.f("fk_case_contact_owner_id_analyst")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_case_department_id_department")),
        sa.ForeignKeyConstraint(["next_step_by_id"], ["analyst.id"], name=op.f("fk_case_next_step_by_id_analyst")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_case_place_id_place")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_case_product_id_product")),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_case_queue_id_queue")),
        sa.ForeignKeyConstraint(["requester_id"], ["requester.id"], name=op.f("fk_case_requester_id_requester")),
        sa.ForeignKeyConstraint(["work_owner_id"], ["analyst.id"], name=op.f("fk_case_work_owner_id_analyst")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_case")),
        sa.UniqueConstraint("id", name=op.f("uq_case_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_asset_id", ["asset_id"], unique=False, sqlite_where=sa.text("asset_id IS NOT NULL")
        )
        batch_op.create_index(
            "ix_case_counted",
            ["status", "severity", "tier", "waiting_on", "queue_id", "work_owner_id"],
            unique=False,
            sqlite_where=sa.text("description IS NOT NULL"),
        )
        batch_op.create_index("ix_case_department_opened", ["department_id", "opened_at"], unique=False)
        batch_op.create_index(
            "ix_case_ended_at", ["ended_at"], unique=False, sqlite_where=sa.text("ended_at IS NOT NULL")
        )
        batch_op.create_index(
            "ix_case_external",
            ["external_source", "external_ref"],
            unique=True,
            sqlite_where=sa.text("external_ref IS NOT NULL"),
        )
        batch_op.create_index("ix_case_new", ["opened_at"], unique=False, sqlite_where=sa.text("status = 'new'"))
        batch_op.create_index("ix_case_number", ["number"], unique=True)
        batch_op.create_index(
            "ix_case_open_age",
            ["waiting_on", "opened_at", "ended_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "ix_case_open_contact_owner",
            ["contact_owner_id", "ended_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "ix_case_open_department",
            ["department_id", "severity", "ended_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "ix_case_open_due",
            ["due_at", "warn_at", "queue_id", "department_id", "work_owner_id", "ended_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "ix_case_open_queue",
            ["queue_id", "severity", "due_at", "ended_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "ix_case_open_queue_updated",
            ["queue_id", "updated_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "ix_case_open_severity",
            ["severity", "due_at", "ended_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "ix_case_open_work_owner",
            ["work_owner_id", "queue_id", "ended_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index("ix_case_opened_at", ["opened_at"], unique=False)
        batch_op.create_index(
            "ix_case_place_opened",
            ["place_id", "opened_at"],
            unique=False,
            sqlite_where=sa.text("place_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_case_private",
            ["department_id"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL AND (executive_complaint = 1 OR abusive_contact = 1)"),
        )
        batch_op.create_index("ix_case_product_opened", ["product_id", "opened_at"], unique=False)
        batch_op.create_index("ix_case_requester_id", ["requester_id"], unique=False)
        batch_op.create_index("ix_case_updated_at", ["updated_at"], unique=False)

    op.create_table(
        "article_use",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("article_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_article_use_analyst_id_analyst")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_use_article_id_article")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_article_use_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_use")),
    )
    with op.batch_alter_table("article_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_use_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_use_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_event",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.Column("old_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("new_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("on_behalf_of_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "field IN ('opened', 'status', 'waiting_on', 'queue', 'work_owner', 'contact_owner', 'tier', 'severity', "
            "'department', 'product', 'touched', 'escalated')",
            name=op.f("ck_case_event_field"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["analyst.id"], name=op.f("fk_case_event_author_id_analyst")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_event_case_id_case")),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["analyst.id"], name=op.f("fk_case_event_on_behalf_of_id_analyst")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.create_index("ix_case_event_case_field", ["case_id", "field"], unique=False)
        batch_op.create_index("ix_case_event_field_at", ["field", "at"], unique=False)

    op.create_table(
        "case_link",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("other_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('duplicate', 'child', 'problem', 'related')", name=op.f("ck_case_link_kind")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_link_case_id_case")),
        sa.ForeignKeyConstraint(["made_by_id"], ["analyst.id"], name=op.f("fk_case_link_made_by_id_analyst")),
        sa.ForeignKeyConstraint(["other_id"], ["case.id"], name=op.f("fk_case_link_other_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link")),
        sa.UniqueConstraint("case_id", "other_id", "kind", name=op.f("uq_case_link_case_id_other_id_kind")),
    )
    with op.batch_alter_table("case_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_link_other_id"), ["other_id"], unique=False)

    op.create_table(
        "case_tag",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_tag_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_tag")),
        sa.UniqueConstraint("case_id", "tag", name=op.f("uq_case_tag_case_id_tag")),
    )
    with op.batch_alter_table("case_tag", schema=None) as batch_op:
        batch_op.create_index("ix_case_tag_tag", ["tag"], unique=False)

    op.create_table(
        "case_watcher",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_case_watcher_analyst_id_analyst")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_watcher_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_watcher")),
        sa.UniqueConstraint("case_id", "analyst_id", name=op.f("uq_case_watcher_case_id_analyst_id")),
    )
    with op.batch_alter_table("case_watcher", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_watcher_analyst_id"), ["analyst_id"], unique=False)

    op.create_table(
        "handover",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("absence_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("to_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("made_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.Column("returned", sa.String(), nullable=True),
        sa.Column("returned_at", sa.Integer(), nullable=True),
        sa.CheckConstraint("decision IN ('hand over', 'watch', 'stays waiting')", name=op.f("ck_handover_decision")),
        sa.CheckConstraint("returned IN ('take back', 'leave', 'joint')", name=op.f("ck_handover_returned")),
        sa.ForeignKeyConstraint(["absence_id"], ["absence.id"], name=op.f("fk_handover_absence_id_absence")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_handover_case_id_case")),
        sa.ForeignKeyConstraint(["made_by_id"], ["analyst.id"], name=op.f("fk_handover_made_by_id_analyst")),
        sa.ForeignKeyConstraint(["owner_id"], ["analyst.id"], name=op.f("fk_handover_owner_id_analyst")),
        sa.ForeignKeyConstraint(["to_id"], ["analyst.id"], name=op.f("fk_handover_to_id_analyst")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("absence_id", "case_id", name=op.f("uq_handover_absence_id_case_id")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_to_id"), ["to_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("hides", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_reminder_analyst_id_analyst")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_reminder_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_analyst_id"), ["analyst_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_case_id"), ["case_id"], unique=False)

    op.create_table(
        "satisfaction",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_satisfaction_score")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_satisfaction_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_satisfaction")),
    )
    with op.batch_alter_table("satisfaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_satisfaction_case_id"), ["case_id"], unique=False)

    op.create_table(
        "time_entry",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("work_date", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("entered_at", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.LargeBinary(length=16), nullable=True),
        sa.CheckConstraint(
            "activity IN ('remote', 'phone', 'on site', 'research', 'vendor', 'documentation', 'travel', 'other')",
            name=op.f("ck_time_entry_activity"),
        ),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_time_entry_minutes")),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_time_entry_analyst_id_analyst")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_time_entry_case_id_case")),
        sa.ForeignKeyConstraint(["replaces_id"], ["time_entry.id"], name=op.f("fk_time_entry_replaces_id_time_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_entry")),
    )
    with op.batch_alter_table("time_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_time_entry_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_time_entry_work_date", ["work_date"], unique=False)

    op.create_table(
        "timeline_entry",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("on_behalf_of_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("counts_as_response", sa.Boolean(), nullable=False),
        sa.CheckConstraint("audience IN ('internal', 'requester')", name=op.f("ck_timeline_entry_audience")),
        sa.CheckConstraint(
            "kind IN ('note', 'reply', 'call', 'visit', 'mail', 'system')", name=op.f("ck_timeline_entry_kind")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["analyst.id"], name=op.f("fk_timeline_entry_author_id_analyst")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_timeline_entry_case_id_case")),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["analyst.id"], name=op.f("fk_timeline_entry_on_behalf_of_id_analyst")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline_entry")),
    )
    with op.batch_alter_table("timeline_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_timeline_entry_case_id"), ["case_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("article_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("entry_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("chunks", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("added_at", sa.Integer(), nullable=False),
        sa.CheckConstraint("(case_id IS NULL) <> (article_id IS NULL)", name=op.f("ck_attachment_one_owner")),
        sa.ForeignKeyConstraint(["added_by_id"], ["analyst.id"], name=op.f("fk_attachment_added_by_id_analyst")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_attachment_article_id_article")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_attachment_case_id_case")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["timeline_entry.id"], name=op.f("fk_attachment_entry_id_timeline_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_sha256"), ["sha256"], unique=False)

    op.create_table(
        "mention",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("analyst_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["analyst_id"], ["analyst.id"], name=op.f("fk_mention_analyst_id_analyst")),
        sa.ForeignKeyConstraint(["by_id"], ["analyst.id"], name=op.f("fk_mention_by_id_analyst")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_mention_case_id_case")),
        sa.ForeignKeyConstraint(["entry_id"], ["timeline_entry.id"], name=op.f("fk_mention_entry_id_timeline_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint("entry_id", "analyst_id", name=op.f("uq_mention_entry_id_analyst_id")),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mention_analyst_id"), ["analyst_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mention_case_id"), ["case_id"], unique=False)
