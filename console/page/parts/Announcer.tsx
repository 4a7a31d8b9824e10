import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/** A screen reader is told of new rows no more often than this. */
const QUIET_MS = 3_000;

/** Says how many rows have come in, without reading each of them out. */
export function Announcer({ newest, say }: { newest: number; say: (count: number) => string }) {
	const said = useSignal('');
	const known = useRef(newest);
	const timer = useRef<ReturnType<typeof setTimeout>>();
	const latest = useRef(newest);
	latest.current = newest;
	useEffect(() => {
		if (newest <= known.current) {
			known.current = newest;
			return;
		}
		timer.current ??= setTimeout(() => {
			said.value = say(latest.current - known.current);
			known.current = latest.current;
			timer.current = undefined;
		}, QUIET_MS);
	}, [newest]);
	useEffect(() => () => clearTimeout(timer.current), []);
	return (
		<p class="sr-only" aria-live="polite">
			{said.value}
		</p>
	);
}
