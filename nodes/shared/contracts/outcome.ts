/** What became of a piece of work. */
export type Outcome<Result> = { readonly result: Result } | { readonly failure: unknown };

/** Runs a piece of work and keeps what it throws. */
export async function settle<Result>(work: () => Promise<Result>): Promise<Outcome<Result>> {
	try {
		return { result: await work() };
	} catch (failure) {
		return { failure };
	}
}
