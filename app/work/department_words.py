"""What stands above a department, in words: the same on its sheet, on the command line and in the strip on screen."""

from __future__ import annotations

from app import times
from app.texts import Texts
from app.work.coverage import Acting
from app.work.departments import Face, Target


class FaceWords:
    """One face in one language. `zone`: the site's time zone."""

    def __init__(self, face: Face, texts: Texts, zone: str) -> None:
        self._face, self._t, self._zone = face, texts, zone

    def contact(self) -> str:
        """Who it has, and until when they are away."""
        face, t = self._face, self._t
        if face.now is None:
            return t("department.none")
        name, away = face.names[face.now.cover.primary], face.now.away
        if away is None:
            return name
        if away.to_day is None:
            return t("department.away open", name=name)
        return t("department.away", name=name, day=t.short_day(times.parse_date(away.to_day)))

    def acting(self) -> str:
        """Who speaks for it now."""
        now = self._face.now
        return self._t("department.nobody") if now is None or now.acting is None else self._who(now.acting)

    def _who(self, acting: Acting) -> str:
        face = self._face
        name = face.names[acting.who]
        if face.now is not None and acting.who != face.now.cover.primary:
            name = self._t("department.stands in", name=name)
        return name if acting.available else self._t("department.next hour", name=name)

    def following(self) -> str:
        """Who speaks for it then, and from when; "" when nothing changes within two weeks."""
        face, t = self._face, self._t
        if face.now is None or face.now.until is None:
            return ""
        name = face.names[face.now.next.who] if face.now.next is not None else t("department.nobody")
        return t("department.from", name=name, moment=self._moment(face.now.until))

    def phone(self) -> str:
        """Of who speaks for it now."""
        now = self._face.now
        return "" if now is None or now.acting is None else self._face.phones.get(now.acting.who, "")

    def stand_ins(self) -> str:
        """Who stands in, in order."""
        face = self._face
        if face.now is None:
            return ""
        return ", ".join(face.names[who] for who in face.now.cover.people[1:]) or self._t("department.nobody")

    def shift(self) -> str:
        """Its shift now, or when it opens again."""
        shift, t = self._face.shift, self._t
        if shift.until is None:
            return t("department.shift closed")
        if shift.name:
            return t("department.shift until", shift=shift.name.replace("-", "–"), moment=self._moment(shift.until))
        working = shift.working
        return t("department.open until" if working else "department.shift from", moment=self._moment(shift.until))

    def targets(self) -> str:
        """What is agreed for the worst severities: first response / fix, in working time."""
        return " · ".join(self._target(one) for one in self._face.targets)

    def _target(self, target: Target) -> str:
        t = self._t
        response, fix = (
            t("department.target none") if one is None else t.minutes(one) for one in (target.response, target.fix)
        )
        return t("department.target", severity=target.name, response=response, fix=fix)

    def _moment(self, at: int) -> str:
        """Today the time will do; within a week the weekday helps."""
        zone = times.zone(self._zone)
        wall, today = times.local_wall(at, zone), times.local_date(self._face.at, zone)
        ahead = (wall.date() - today).days
        if ahead == 0:
            return f"{wall:%H:%M}"
        day = self._t.weekday(wall.date()) if ahead < 7 else self._t.short_day(wall.date())
        return f"{day} {wall:%H:%M}"
