import { ChevronLeft, ChevronRight } from 'lucide-preact';
import { formatNumber } from '../logic/format';
import { locale, texts } from '../state/language';

interface PagerProps {
	/** From 0. */
	page: number;
	pages: number;
	summary: string;
	onPage: (page: number) => void;
}

export function Pager({ page, pages, summary, onPage }: PagerProps) {
	const { common } = texts.value;
	const number = (value: number) => formatNumber(value, locale.value);
	return (
		<nav class="pager" aria-label={common.pages}>
			<span role="status">{summary}</span>
			<button
				type="button"
				class="icon"
				disabled={page <= 0}
				onClick={() => onPage(page - 1)}
				aria-label={common.previous}
			>
				<ChevronLeft size={16} />
			</button>
			<span>{common.pageOf(number(page + 1), number(Math.max(1, pages)))}</span>
			<button
				type="button"
				class="icon"
				disabled={page + 1 >= pages}
				onClick={() => onPage(page + 1)}
				aria-label={common.next}
			>
				<ChevronRight size={16} />
			</button>
		</nav>
	);
}
