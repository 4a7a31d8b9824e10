import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ViewName } from './logic/route';
import { ConnectionBanner } from './parts/ConnectionBanner';
import { FaultBanner } from './parts/FaultBanner';
import { Nav } from './parts/Nav';
import { Shortcuts, useShortcuts } from './parts/Shortcuts';
import { Toasts } from './parts/Toasts';
import { texts } from './state/language';
import { route } from './state/route';
import { FaultsView } from './views/faults/FaultsView';
import { FleetView } from './views/fleet/FleetView';
import { InboxView } from './views/inbox/InboxView';
import { OrdersView } from './views/orders/OrdersView';
import { PhoneView } from './views/phone/PhoneView';
import { PlayView } from './views/play/PlayView';
import { PushesView } from './views/pushes/PushesView';
import { RequestsView } from './views/requests/RequestsView';

const VIEWS: Readonly<Record<ViewName, ComponentType>> = {
	play: PlayView,
	fleet: FleetView,
	requests: RequestsView,
	phone: PhoneView,
	orders: OrdersView,
	pushes: PushesView,
	faults: FaultsView,
	inbox: InboxView,
};

export function App() {
	useShortcuts();
	const { view } = route.value;
	const View = VIEWS[view];
	const main = useRef<HTMLElement>(null);
	useEffect(() => window.scrollTo({ top: 0 }), [view]);
	return (
		<div class="shell">
			<a
				class="skip"
				href="#main"
				onClick={(event) => {
					// The address says which view is open.
					event.preventDefault();
					main.current?.focus();
				}}
			>
				{texts.value.common.skip}
			</a>
			<Nav />
			<main ref={main} id="main" tabIndex={-1}>
				<ConnectionBanner />
				<FaultBanner />
				<View />
			</main>
			<Toasts />
			<Shortcuts />
		</div>
	);
}
