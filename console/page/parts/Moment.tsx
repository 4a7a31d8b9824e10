import { formatDateTime, formatTime } from '../logic/format';

/** The time of day; the whole of it when pointed at. */
export const Moment = ({ at }: { at: number }) => (
	<time dateTime={new Date(at).toISOString()} title={formatDateTime(at)}>
		{formatTime(at)}
	</time>
);
