CREATE TABLE "usage" (
	"day" date NOT NULL,
	"scope" text NOT NULL,
	"subject" text NOT NULL,
	"reserved_tokens" bigint DEFAULT 0 NOT NULL,
	"prompt_tokens" bigint DEFAULT 0 NOT NULL,
	"completion_tokens" bigint DEFAULT 0 NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"cost" numeric DEFAULT 0 NOT NULL,
	"made" bigint DEFAULT 0 NOT NULL,
	"shared" bigint DEFAULT 0 NOT NULL,
	"hits" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_pk" PRIMARY KEY("day","scope","subject")
);
--> statement-breakpoint
CREATE TABLE "usage_reservations" (
	"reservation_id" uuid PRIMARY KEY NOT NULL,
	"day" date NOT NULL,
	"scopes" text[] NOT NULL,
	"subjects" text[] NOT NULL,
	"tokens" bigint NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_salts" (
	"day" date PRIMARY KEY NOT NULL,
	"salt" uuid DEFAULT gen_random_uuid() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "usage_reservations_expires_at" ON "usage_reservations" USING btree ("expires_at");