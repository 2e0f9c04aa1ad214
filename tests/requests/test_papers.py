"""Files that people upload: known by what they hold, kept encrypted, gone without a trace when anything fails."""

import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.test import RequestFactory

from gongkai.agencies.actors import APPLICANT, Actor, applicant
from gongkai.agencies.models import Role
from gongkai.agencies.refusals import Refused
from gongkai.requests.models import Paper
from gongkai.requests.papers import keep, open_paper, served, store, words_of
from gongkai.requests.papers.inspecting import inspect
from gongkai.requests.papers.kinds import FileKind
from gongkai.requests.papers.storing import Damaged, erase, fitting, place, tidy
from gongkai.requests.papers.sweeping import sweep
from tests.platform_world import at
from tests.requests import files
from tests.requests.test_submitting import DAY

KIND = Paper.Kind.APPLICATION


@pytest.fixture
def papers(settings, tmp_path) -> Path:
    settings.GONGKAI_PAPERS = tmp_path
    return Path(tmp_path)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (files.pdf(), "x", FileKind.PDF),
        (files.photo(), "x.png", FileKind.JPEG),
        (files.photo(format="PNG"), "x", FileKind.PNG),
        (files.photo(format="TIFF"), "x", FileKind.TIFF),
        (files.docx(), "x.pdf", FileKind.DOCX),
        (files.workbook(), "x", FileKind.XLSX),
        (files.archive(OFD_dot_xml="<ofd/>"), "x", FileKind.OFD),
        ("补充说明".encode("gb18030"), "x.txt", FileKind.TEXT),
    ],
)
def test_a_file_is_known_by_what_it_holds_not_by_its_name(data, name, kind):
    assert inspect(data, name).kind is kind


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "空.pdf", "空文件"),
        (b"MZ\x90\x00" + b"\0" * 100, "证明.pdf", "格式不能接收"),
        (b"<html><script>alert(1)</script>", "说明.txt", "格式不能接收"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "图.svg", "格式不能接收"),
        (files.archive(a_dot_exe="MZ"), "材料.docx", "格式不能接收"),
        (files.pdf(password="secret"), "密.pdf", "打开密码"),
        (b"%PDF-1.7 and nothing more", "坏.pdf", "打不开"),
        (files.photo()[:40], "半张.jpg", "打不开"),
        (files.archive(word__document_dot_xml=b"0" * 30_000_000), "炸弹.docx", "格式不能接收|打不开"),
        (files.huge_picture(), "大图.png", "打不开"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_taken_is_refused_by_name_and_with_what_to_do(data, name, said):
    with pytest.raises(Refused, match=said) as refused:
        inspect(data, name, "files")
    assert name.rpartition(".")[0] in str(refused.value)
    assert refused.value.field == "files"


@pytest.mark.parametrize(
    ("data", "hints"),
    [
        (files.photo(located=True), ["location"]),
        (files.pdf(script=True), ["script"]),
        (files.pdf(attachment=True), ["embedded"]),
        (files.workbook(hidden=True), ["hidden_sheets"]),
        (files.docx(word__vbaProject_dot_bin=b"x"), ["macros"]),
        (files.docx(word__document_dot_xml='<w:ins w:id="1"/><w:vanish/>'), ["hidden_text", "tracked_changes"]),
        (files.docx(word__comments_dot_xml="<w:comments/>", word__embeddings__a_dot_bin="x"), ["comments", "embedded"]),
        (files.archive(xl__workbook_dot_bin=b"x"), ["not_inspected"]),
        (files.archive(OFD_dot_xml="<ofd/>"), ["not_inspected"]),
        (files.pdf(), []),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, list) else "",
)
def test_what_hides_in_a_file_is_told(data, hints):
    assert list(inspect(data, "x").hints) == hints


def test_a_paper_lies_encrypted_and_comes_back_as_it_was(world, papers, django_capture_on_commit_callbacks):
    request = world.received(DAY)
    data = files.photo(located=True)
    with django_capture_on_commit_callbacks(execute=True):
        paper = store(files.upload(data, "现场.jpg"), request, KIND, actor=applicant(request.pk), now=at(DAY))
        assert open_paper(paper) == data
    [kept] = [path for path in papers.rglob("*") if path.is_file()]
    assert kept == place(paper.key)
    assert data not in kept.read_bytes()
    assert kept.read_bytes().startswith(b"fernet:")
    assert open_paper(Paper.objects.get()) == data
    assert (paper.by_applicant, paper.scanned, words_of(paper)) == (True, "not_scanned", ["照片含有拍摄地点（GPS）"])


def test_of_a_change_that_is_undone_no_file_remains(world, papers, django_capture_on_commit_callbacks):
    request = world.received(DAY)

    def half() -> None:
        with transaction.atomic():
            store(files.upload(files.pdf()), request, KIND, actor=applicant(request.pk), now=at(DAY))
            raise RuntimeError

    with pytest.raises(RuntimeError) as caught:
        half()
    del caught
    assert [path for path in papers.rglob("*") if path.is_file()] == []


def test_a_file_that_was_changed_or_lost_is_noticed(world, papers):
    request = world.received(DAY)
    officer = world.actor(Role.OFFICER)
    one, other = (
        keep(data, "答复书.pdf", "application/pdf", request, Paper.Kind.LETTER, actor=officer, now=at(DAY))
        for data in (b"one", b"other")
    )
    fresh = place(one.key).with_suffix(".new")
    fresh.write_bytes(place(other.key).with_suffix(".new").read_bytes())
    with pytest.raises(Damaged):
        open_paper(one)
    fresh.unlink()
    with pytest.raises(Damaged):
        open_paper(one)


def test_an_erased_paper_leaves_its_row_and_no_file(world, papers, django_capture_on_commit_callbacks):
    request = world.received(DAY)
    with django_capture_on_commit_callbacks(execute=True):
        paper = store(files.upload(files.pdf()), request, KIND, actor=applicant(request.pk), now=at(DAY))
    with django_capture_on_commit_callbacks(execute=True):
        erase(paper, at(DAY))
    assert [path for path in papers.rglob("*") if path.is_file()] == []
    assert Paper.objects.get().erased_at == at(DAY)


def test_files_of_forms_that_were_never_sent_are_swept_away(world, papers, django_capture_on_commit_callbacks):
    request = world.received(DAY)
    somebody = Actor(kind=APPLICANT)
    with django_capture_on_commit_callbacks(execute=True):
        for given in (None, request):
            store(files.upload(files.pdf()), given, KIND, actor=somebody, now=at(DAY))
    stray, young = (papers / "ab" / f"{uuid4().hex}.new" for _ in range(2))
    for path in (stray, young):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    os.utime(stray, (0, 0))
    assert sweep(at(DAY)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(at(DAY + timedelta(days=2))) == 1
    assert Paper.objects.get().request == request
    assert {path for path in papers.rglob("*") if path.is_file()} == {place(Paper.objects.get().key), young}


def test_all_papers_of_a_request_together_have_a_limit(world, papers, settings):
    request = world.received(DAY)
    settings.GONGKAI_REQUEST_BYTES = 1000
    store(files.upload(files.pdf()), request, KIND, actor=applicant(request.pk), now=at(DAY))
    with pytest.raises(Refused, match="总共不能超过"):
        store(files.upload(files.pdf()), request, KIND, actor=applicant(request.pk), now=at(DAY), field="files")
    assert Paper.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\证明.pdf", "证明.pdf"),
        ("zhengming\u202efdp.exe", "zhengmingfdp.exe"),
        ("\x00\r\n", "未命名"),
        ("长" * 500 + ".pdf", "长" * 120 + ".pdf"),
    ],
)
def test_a_name_is_for_people_and_leads_nowhere(given, kept):
    assert tidy(given) == kept


def test_a_name_ends_as_its_kind_does():
    assert fitting("证明.exe", FileKind.PDF) == "证明.exe.pdf"
    assert fitting("照片.JPEG", FileKind.JPEG) == "照片.JPEG"


def test_a_paper_goes_to_the_browser_as_a_file_and_never_as_a_page(world, papers):
    request = world.received(DAY)
    paper = keep(b"<script>", "a\r\n.html", "text/html", request, KIND, actor=world.actor(Role.OFFICER), now=at(DAY))
    response = served(paper)
    assert response["Content-Disposition"].startswith("attachment")
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


class Flood:
    """A body of 500 MB that fails whoever reads it."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("it was read")

    readline = read


def test_500_megabytes_are_refused_when_they_are_announced_and_not_read(client, db):
    environ = {"CONTENT_LENGTH": str(500 * 1024 * 1024), "wsgi.input": Flood(), "CONTENT_TYPE": "multipart/form-data"}
    response = client.generic("POST", "/", **environ)
    assert response.status_code == 413
    assert "100 MB" in response.content.decode()


def test_a_file_above_the_limit_is_counted_and_not_kept(world, papers, settings):
    settings.GONGKAI_FILE_BYTES = 100_000
    request = world.received(DAY)
    posted = RequestFactory().post("/", {"file": files.upload(b"%PDF-" + b"0" * 300_000, "大.pdf"), "other": "x"})
    arrived = posted.FILES["file"]
    assert isinstance(arrived, UploadedFile)
    assert arrived.size == 0
    with pytest.raises(Refused, match=r"《大\.pdf》超过"):
        store(arrived, request, KIND, actor=applicant(request.pk), now=at(DAY))
    assert posted.POST["other"] == "x"
