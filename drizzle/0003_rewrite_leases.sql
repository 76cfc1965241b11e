CREATE SEQUENCE "public"."rewrite_attempts" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "rewrite_leases" (
	"section_hash" text NOT NULL,
	"profile_hash" text NOT NULL,
	"version_hash" text NOT NULL,
	"attempt" bigint NOT NULL,
	"run" bigint NOT NULL,
	"blocks" integer NOT NULL,
	"lease_until" timestamp with time zone NOT NULL,
	CONSTRAINT "rewrite_leases_pk" PRIMARY KEY("section_hash","profile_hash","version_hash")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "rewrite_steps" (
	"run" bigint NOT NULL,
	"sequence" integer NOT NULL,
	"step" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rewrite_steps_pk" PRIMARY KEY("run","sequence")
);
--> statement-breakpoint
CREATE INDEX "rewrite_leases_attempt" ON "rewrite_leases" USING btree ("attempt");