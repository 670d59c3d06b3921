CREATE TABLE "changes" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"trial_id" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"name" text PRIMARY KEY NOT NULL,
	"value" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exclusions" (
	"a" text NOT NULL,
	"b" text DEFAULT '' NOT NULL,
	"reason" text NOT NULL,
	"author" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "exclusions_a_b_pk" PRIMARY KEY("a","b")
);
--> statement-breakpoint
CREATE TABLE "index_checkpoints" (
	"target" text PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL,
	"detail" jsonb,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"acquired_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "links" (
	"a" text NOT NULL,
	"b" text NOT NULL,
	"method" text NOT NULL,
	"value" text NOT NULL,
	"linked_at" timestamp (3) with time zone NOT NULL,
	"unlinked_at" timestamp (3) with time zone,
	CONSTRAINT "links_a_b_method_value_pk" PRIMARY KEY("a","b","method","value")
);
--> statement-breakpoint
CREATE TABLE "meta" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"registry" text NOT NULL,
	"registry_id" text NOT NULL,
	"payload" jsonb,
	"field" text NOT NULL,
	"reason" text NOT NULL,
	"run_id" integer,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "quarantine_registry_registry_id_pk" PRIMARY KEY("registry","registry_id")
);
--> statement-breakpoint
CREATE TABLE "record_history" (
	"registry" text NOT NULL,
	"registry_id" text NOT NULL,
	"version" integer NOT NULL,
	"hash" text NOT NULL,
	"source_date" date,
	"run_id" integer,
	"fetched_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "record_history_registry_registry_id_version_pk" PRIMARY KEY("registry","registry_id","version")
);
--> statement-breakpoint
CREATE TABLE "record_identifiers" (
	"registry" text NOT NULL,
	"registry_id" text NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "record_identifiers_registry_registry_id_kind_value_pk" PRIMARY KEY("registry","registry_id","kind","value")
);
--> statement-breakpoint
CREATE TABLE "records" (
	"registry" text NOT NULL,
	"registry_id" text NOT NULL,
	"payload" jsonb NOT NULL,
	"hash" text NOT NULL,
	"version" integer NOT NULL,
	"source_version" text,
	"normalised" jsonb NOT NULL,
	"normaliser_version" text NOT NULL,
	"open" boolean NOT NULL,
	"absent" text[] NOT NULL,
	"source_date" date,
	"run_id" integer,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"fetched_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"missing_since" timestamp (3) with time zone,
	"trial_id" text,
	CONSTRAINT "records_registry_registry_id_pk" PRIMARY KEY("registry","registry_id")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"registry" text NOT NULL,
	"kind" text NOT NULL,
	"since" date,
	"owner" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"outcome" text,
	"reason" text,
	"announced" integer,
	"data_version" text,
	"fetched" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"quarantined" integer DEFAULT 0 NOT NULL,
	"missing" integer DEFAULT 0 NOT NULL,
	"departed" integer DEFAULT 0 NOT NULL,
	"trials_changed" integer DEFAULT 0 NOT NULL,
	"null_rates" jsonb,
	"alarms" jsonb
);
--> statement-breakpoint
CREATE TABLE "site_status_audit" (
	"site_id" text NOT NULL,
	"version" integer NOT NULL,
	"trial_id" text NOT NULL,
	"status" text NOT NULL,
	"previous_status" text,
	"status_date" date NOT NULL,
	"note" text,
	"author" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "site_status_audit_site_id_version_pk" PRIMARY KEY("site_id","version")
);
--> statement-breakpoint
CREATE TABLE "site_statuses" (
	"site_id" text PRIMARY KEY NOT NULL,
	"trial_id" text NOT NULL,
	"source_site_ids" text[] NOT NULL,
	"status" text NOT NULL,
	"status_date" date NOT NULL,
	"note" text,
	"author" text NOT NULL,
	"version" integer NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"id" text PRIMARY KEY NOT NULL,
	"trial_id" text NOT NULL,
	"source_site_ids" text[] NOT NULL,
	"status" text NOT NULL,
	"departement" text
);
--> statement-breakpoint
CREATE TABLE "trial_aliases" (
	"alias" text PRIMARY KEY NOT NULL,
	"trial_id" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trial_identifiers" (
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"trial_id" text NOT NULL,
	"own" boolean NOT NULL,
	CONSTRAINT "trial_identifiers_value_kind_trial_id_pk" PRIMARY KEY("value","kind","trial_id")
);
--> statement-breakpoint
CREATE TABLE "trials" (
	"id" text PRIMARY KEY NOT NULL,
	"trial" jsonb NOT NULL,
	"hash" text NOT NULL,
	"open" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "links_by_b" ON "links" USING btree ("b");--> statement-breakpoint
CREATE INDEX "record_identifiers_by_value" ON "record_identifiers" USING btree ("value");--> statement-breakpoint
CREATE INDEX "records_by_trial" ON "records" USING btree ("trial_id");--> statement-breakpoint
CREATE INDEX "records_by_state" ON "records" USING btree ("registry","state");--> statement-breakpoint
CREATE INDEX "runs_by_registry" ON "runs" USING btree ("registry","started_at");--> statement-breakpoint
CREATE INDEX "site_statuses_by_trial" ON "site_statuses" USING btree ("trial_id");--> statement-breakpoint
CREATE INDEX "sites_by_trial" ON "sites" USING btree ("trial_id");--> statement-breakpoint
CREATE INDEX "trial_aliases_by_trial" ON "trial_aliases" USING btree ("trial_id");--> statement-breakpoint
CREATE INDEX "trial_identifiers_by_trial" ON "trial_identifiers" USING btree ("trial_id");--> statement-breakpoint
CREATE INDEX "trials_open" ON "trials" USING btree ("open","id");