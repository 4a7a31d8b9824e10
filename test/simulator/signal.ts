/** Tells whoever listens that something has happened. */
export class Signal<News> {
	private readonly listeners = new Set<(news: News) => void>();

	get isHeard(): boolean {
		return this.listeners.size > 0;
	}

	/** The returned function ends it. */
	listen(listener: (news: News) => void): () => void {
		this.listeners.add(listener);
		return () => void this.listeners.delete(listener);
	}

	emit(news: News): void {
		for (const listener of this.listeners) listener(news);
	}
}
