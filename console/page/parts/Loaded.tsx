import type { ComponentChildren } from 'preact';
import { texts } from '../state/language';
import { say } from '../state/language';
import type { Resource } from '../state/resource';

/** What was read of the server, or why it was not. */
export function Loaded<T>({
	from,
	children,
}: {
	from: Resource<T>;
	children: (data: T) => ComponentChildren;
}) {
	const data = from.data.value;
	const error = from.error.value;
	const { common } = texts.value;
	if (data !== undefined) return <>{children(data)}</>;
	if (!error) return <p class="empty">{common.loading}</p>;
	return (
		<p class="empty" role="alert">
			{say(error)}{' '}
			<button type="button" onClick={() => void from.reload()}>
				{common.tryAgain}
			</button>
		</p>
	);
}
