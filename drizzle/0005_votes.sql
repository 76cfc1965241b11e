CREATE TABLE "rewrite_votes" (
	"section_hash" text NOT NULL,
	"profile_hash" text NOT NULL,
	"version_hash" text NOT NULL,
	"user_id" uuid NOT NULL,
	"voted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rewrite_votes_pk" PRIMARY KEY("section_hash","profile_hash","version_hash")
);
--> statement-breakpoint
CREATE TABLE "site_lessons" (
	"site_id" text NOT NULL,
	"lesson_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "site_lessons_pk" PRIMARY KEY("site_id","lesson_hash")
);
--> statement-breakpoint
ALTER TABLE "rewrite_votes" ADD CONSTRAINT "rewrite_votes_user_id_users_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rewrite_votes" ADD CONSTRAINT "rewrite_votes_rewrite_fk" FOREIGN KEY ("section_hash","profile_hash","version_hash") REFERENCES "public"."personalized_content_cache"("section_hash","profile_hash","version_hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rewrite_votes_user_id" ON "rewrite_votes" USING btree ("user_id");