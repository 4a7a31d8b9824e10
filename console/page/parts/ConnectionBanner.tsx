import { WifiOff } from 'lucide-preact';
import { texts } from '../state/language';
import { connection } from '../state/live';

export const ConnectionBanner = () => (
	<div role="status">
		{connection.value === 'lost' && (
			<div class="banner bad">
				<WifiOff size={18} />
				<p>{texts.value.common.connectionLost}</p>
			</div>
		)}
	</div>
);
