/** The newest entries of a kind, so that what runs for days does not grow. */
export class Recent<Entry extends { readonly id: number }> {
	private readonly entries = new Map<number, Entry>();

	constructor(private readonly most: number) {}

	add(entry: Entry): Entry {
		this.entries.set(entry.id, entry);
		for (const oldest of this.entries.keys()) {
			if (this.entries.size <= this.most) break;
			this.entries.delete(oldest);
		}
		return entry;
	}

	find(id: number): Entry | undefined {
		return this.entries.get(id);
	}

	/** The newest first. */
	list(): Entry[] {
		return [...this.entries.values()].reverse();
	}

	clear(): void {
		this.entries.clear();
	}
}

/** Whole numbers from 1 up, each given out once. */
export function counter(): () => number {
	let last = 0;
	return () => ++last;
}

/** A text as far as it is kept; what is left out is told. */
export const clip = (text: string, most: number): string =>
	text.length <= most
		? text
		: `${text.slice(0, most)}… (+${(text.length - most).toLocaleString('en-US')})`;
